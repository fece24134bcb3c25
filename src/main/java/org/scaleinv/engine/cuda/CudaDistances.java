package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Metric;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** Distances by {@code kernels/pairwise_distances.cu}. */
final class CudaDistances implements Distances {
  /** What Java arrays hold. */
  private static final long MOST_PAIRS = Integer.MAX_VALUE - 8L;

  /** Kernels number points and coordinates by 32 bits, up to the end of the last tile. */
  private static final long MOST_POINTS = Integer.MAX_VALUE - 2L * PreparedPoints.TILE;

  /** Bytes of each of the two blocks of rows that are under way when streaming. */
  private static final long STREAMED_BYTES = 16L << 20;

  private final CudaEngine engine;
  private final long mostPairs;

  CudaDistances(CudaEngine engine) {
    this(engine, MOST_PAIRS);
  }

  /** @param mostPairs that a graph may have */
  CudaDistances(CudaEngine engine, long mostPairs) {
    this.engine = engine;
    this.mostPairs = mostPairs;
  }

  @Override
  public Buffer all(Buffer points, Metric metric, int threads) {
    return rows(points, metric, 0, points.rows(), threads);
  }

  @Override
  public Buffer rows(Buffer points, Metric metric, long from, long count, int threads) {
    CudaBuffer source = floats(points);
    if (from < 0 || count < 0 || count > source.rows() - from) {
      throw new IllegalArgumentException(
          "rows " + from + " to " + from + " + " + count + " of the distances of " + source.rows() + " points");
    }
    return engine.perform(
        () -> describe(source, metric) + ", " + count + " rows",
        () -> {
          CudaBuffer rows = engine.allocate(DType.F32, count, source.rows());
          try (var prepared = new PreparedPoints(engine, source, metric)) {
            prepared.distances(from, count, rows.address());
            return rows;
          } catch (RuntimeException failed) {
            throw CudaEngine.abandoned(rows, failed);
          }
        });
  }

  /** {@inheritDoc} The next block is computed while the last one is copied. */
  @Override
  public void stream(Buffer points, Metric metric, int threads, RowSink sink) {
    CudaBuffer source = floats(points);
    if (source.rows() == 0) {
      return;
    }
    Supplier<String> operation = () -> describe(source, metric) + ", streamed";
    engine.perform(
        operation,
        () -> {
          try (var prepared = new PreparedPoints(engine, source, metric)) {
            stream(prepared, sink);
          }
        });
  }

  private void stream(PreparedPoints points, RowSink sink) {
    long n = points.count();
    long together = rowsTogether(n);
    try (CudaBuffer one = engine.allocate(DType.F32, together, n);
        CudaBuffer other = engine.allocate(DType.F32, together, n);
        CudaEngine.Mark oneDone = engine.mark();
        CudaEngine.Mark otherDone = engine.mark();
        Arena arena = Arena.ofConfined()) {
      CudaBuffer[] blocks = {one, other};
      CudaEngine.Mark[] done = {oneDone, otherDone};
      MemorySegment host = arena.allocate(together * n * Float.BYTES, Float.BYTES);
      compute(points, 0, Math.min(together, n), one, oneDone);
      int turn = 0;
      for (long from = 0; from < n; from += together) {
        long next = from + together;
        if (next < n) {
          compute(points, next, Math.min(together, n - next), blocks[1 - turn], done[1 - turn]);
        }
        long count = Math.min(together, n - from);
        MemorySegment rows = host.asSlice(0, count * n * Float.BYTES);
        engine.download(blocks[turn], rows, done[turn]);
        sink.accept(from, count, rows.asReadOnly());
        turn = 1 - turn;
      }
    }
  }

  private static void compute(PreparedPoints points, long from, long count, CudaBuffer block, CudaEngine.Mark done) {
    points.distances(from, count, block.address());
    done.set();
  }

  /** Whole tiles of rows where they fit; both blocks take half of the free memory at most. */
  private long rowsTogether(long n) {
    long bytes = Math.min(STREAMED_BYTES, engine.availableMemory() / 4);
    long rows = Math.clamp(bytes / (n * Float.BYTES), 1, n);
    return rows < PreparedPoints.TILE ? rows : rows / PreparedPoints.TILE * PreparedPoints.TILE;
  }

  @Override
  public DistanceGraph within(Buffer points, Metric metric, float threshold, int threads) {
    CudaBuffer source = floats(points);
    if (source.rows() == 0) {
      return new DistanceGraph(new long[1], new int[0], new float[0]);
    }
    Supplier<String> operation = () -> describe(source, metric) + " within " + threshold;
    return engine.perform(
        operation,
        () -> {
          try (var prepared = new PreparedPoints(engine, source, metric)) {
            var pairs = new NearPairs(engine, prepared, threshold);
            if (pairs.count() > mostPairs) {
              throw new EngineFailure(
                  engine.name() + " engine: " + operation.get() + ": " + pairs.count() + " pairs, a graph holds at most "
                      + mostPairs);
            }
            return pairs.graph();
          }
        });
  }

  private CudaBuffer floats(Buffer buffer) {
    CudaBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F32) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 is needed");
    }
    if (Math.max(mine.rows(), mine.columns()) > MOST_POINTS) {
      throw new IllegalArgumentException(
          "a buffer " + mine.describe() + " has more than " + MOST_POINTS + " points or coordinates");
    }
    return mine;
  }

  private static String describe(CudaBuffer source, Metric metric) {
    return metric + " distances of " + source.describe();
  }
}
