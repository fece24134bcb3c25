package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.tensor.DType;

/**
 * The graph within a threshold, in two passes over the distances: the first counts what each row has in each segment of
 * the columns, the second writes each pair to the place that these counts give it. Nothing depends on the order in which
 * blocks run.
 */
final class NearPairs {
  /** Blocks that keep every device busy; fewer rows are cut into more segments. */
  private static final long BLOCKS = 2048;

  /** Pairs of a part of the graph that is under way, 8 bytes each, where one row has no more. */
  private static final long PART_PAIRS = 2L << 20;

  private final CudaEngine engine;
  private final PreparedPoints points;
  private final float threshold;
  private final int rows;
  private final long segment;
  private final int segments;

  /** (rows · segments + 1): where the pairs of a row and segment begin. */
  private final long[] starts;

  /** Counts the pairs. Only inside {@link CudaEngine#perform}, as everything here. */
  NearPairs(CudaEngine engine, PreparedPoints points, float threshold) {
    this.engine = engine;
    this.points = points;
    this.threshold = threshold;
    rows = Math.toIntExact(points.count());
    long cuts = Math.clamp(BLOCKS / points.tiles(), 1, points.tiles());
    segment = Math.ceilDiv(points.tiles(), cuts) * PreparedPoints.TILE;
    segments = Math.toIntExact(Math.ceilDiv(rows, segment));
    starts = new long[Math.toIntExact((long) rows * segments + 1)];
    countPairs();
  }

  private void countPairs() {
    try (CudaBuffer counts = engine.allocate(DType.I32, rows, segments)) {
      points.countPairs(rows, segment, threshold, counts.address());
      int[] found = new int[rows * segments];
      engine.download(counts, MemorySegment.ofArray(found));
      for (int i = 0; i < found.length; i++) {
        starts[i + 1] = starts[i] + found[i];
      }
    }
  }

  long count() {
    return starts[starts.length - 1];
  }

  /** The graph; {@link #count} fits an array. The next part is found while the last one is copied. */
  DistanceGraph graph() {
    long[] offsets = new long[rows + 1];
    for (int i = 0; i <= rows; i++) {
      offsets[i] = starts[i * segments];
    }
    var graph = new DistanceGraph(offsets, new int[(int) count()], new float[(int) count()]);
    long most = Math.clamp(engine.availableMemory() / 4 / 8, 1, PART_PAIRS);
    Part last = null;
    try {
      for (int from = 0; from < rows;) {
        int to = end(offsets, from, most);
        Part next = offsets[to] == offsets[from] ? null : new Part(from, to);
        if (next != null) {
          try (Part arriving = last) {
            last = next;
            copy(arriving, graph);
          }
        }
        from = to;
      }
      copy(last, graph);
      return graph;
    } finally {
      if (last != null) {
        last.close();
      }
    }
  }

  private static void copy(Part part, DistanceGraph graph) {
    if (part != null) {
      part.copyTo(graph);
    }
  }

  /** As many rows as have no more than {@code most} pairs, at least one. */
  private static int end(long[] offsets, int from, long most) {
    int to = from + 1;
    while (to < offsets.length - 1 && offsets[to + 1] - offsets[from] <= most) {
      to++;
    }
    return to;
  }

  /** Pairs of consecutive rows on the device. */
  private final class Part implements AutoCloseable {
    private final long first;
    private final long count;
    private CudaBuffer partners;
    private CudaBuffer lengths;
    private CudaEngine.Mark done;

    Part(int from, int to) {
      first = starts[from * segments];
      count = starts[to * segments] - first;
      try (Buffer places = places(from, to)) {
        partners = engine.allocate(DType.I32, 1, count);
        lengths = engine.allocate(DType.F32, 1, count);
        done = engine.mark();
        points.findPairs(
            from,
            to - from,
            segment,
            threshold,
            engine.own(places).address(),
            partners.address(),
            lengths.address());
        done.set();
      } catch (RuntimeException failed) {
        throw CudaEngine.abandoned(this, failed);
      }
    }

    private Buffer places(int from, int to) {
      long[] places = new long[(to - from) * segments];
      for (int i = 0; i < places.length; i++) {
        places[i] = starts[from * segments + i] - first;
      }
      return engine.upload(MemorySegment.ofArray(places), DType.I64, to - from, segments);
    }

    void copyTo(DistanceGraph graph) {
      engine.download(partners, slice(MemorySegment.ofArray(graph.partners())), done);
      engine.download(lengths, slice(MemorySegment.ofArray(graph.lengths())), done);
    }

    private MemorySegment slice(MemorySegment array) {
      return array.asSlice(first * 4, count * 4);
    }

    @Override
    public void close() {
      for (CudaBuffer buffer : new CudaBuffer[] {partners, lengths}) {
        if (buffer != null) {
          buffer.close();
        }
      }
      if (done != null) {
        done.close();
      }
    }
  }
}
