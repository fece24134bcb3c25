package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.CheckedDistances;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Packing;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Tensor;

/** Distances by {@code kernels/pairwise_distances.cu}. */
final class CudaDistances implements Distances {
  /** Kernels number points and coordinates by 32 bits, up to the end of the last tile. */
  private static final long MOST_POINTS = Integer.MAX_VALUE - 2L * PreparedPoints.TILE;

  private final CudaEngine engine;
  private final long mostPairs;

  CudaDistances(CudaEngine engine) {
    this(engine, DistanceGraph.MOST_PAIRS);
  }

  /** @param mostPairs that a graph may have */
  CudaDistances(CudaEngine engine, long mostPairs) {
    this.engine = engine;
    this.mostPairs = mostPairs;
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
            new RowBlocks(engine, prepared.count(), prepared::distances).stream(sink);
          }
        });
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
                  engine.name() + " engine: " + operation.get() + ": " + pairs.count()
                      + " pairs, a graph holds at most "
                      + mostPairs);
            }
            return pairs.graph();
          }
        });
  }

  /** {@inheritDoc} The host completes it: it is there already, and the work is one pass over it. */
  @Override
  public CheckedDistances matrix(Tensor given, Packing packing, int threads) {
    CpuEngine cpu = engine.cpu("distanceMatrix");
    CheckedDistances there = cpu.distances().matrix(given, packing, threads);
    try (Buffer matrix = there.distances(); Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(matrix.rows() * matrix.columns() * Float.BYTES, Float.BYTES);
      cpu.download(matrix, host);
      return new CheckedDistances(
          engine.upload(host, DType.F32, matrix.rows(), matrix.columns()),
          there.least(),
          there.greatest(),
          there.greatestFinite(),
          there.fault());
    }
  }

  @Override
  public CheckedDistances checked(Buffer distances, int threads) {
    CudaBuffer mine = engine.own(distances);
    CpuEngine cpu = engine.cpu("distanceMatrix");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(mine.byteSize(), Float.BYTES);
      engine.download(mine, host);
      try (CheckedDistances there =
          cpu.distances().checked(cpu.upload(host, DType.F32, mine.rows(), mine.columns()), threads)) {
        return new CheckedDistances(
            distances, there.least(), there.greatest(), there.greatestFinite(), there.fault());
      }
    }
  }

  private CudaBuffer floats(Buffer buffer) {
    CudaBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F32) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 is needed");
    }
    if (mine.columns() == 0) {
      throw new IllegalArgumentException("distances need a coordinate of each point, the buffer is " + mine.describe());
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
