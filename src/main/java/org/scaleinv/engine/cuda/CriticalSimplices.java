package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.tensor.DType;

/**
 * The critical simplices of a Vietoris–Rips filtration, in two passes over the edges by {@code
 * kernels/critical_simplices.cu}: the first counts what has each edge as its longest, the second writes each simplex to
 * the place that these counts give it.
 */
final class CriticalSimplices implements AutoCloseable {
  /** Edges of a launch: a warp each fills every device some times, and whoever waits hears of it. */
  static final int EDGES = 1 << 17;

  private static final int THREADS = 256;
  private static final int WARPS = THREADS / 32;

  private final CudaEngine engine;
  private final RipsEdges edges;
  private final long together;
  private final Arena arena;
  private final CudaBuffer largest;
  private long bytes;

  /** Hears how many edges were looked at; throws to end it. */
  @FunctionalInterface
  interface Step {
    void done(long edges);
  }

  /**
   * Only inside {@link CudaEngine#perform}, as everything here.
   *
   * @param edges sorted
   * @param together edges of a launch at most
   * @param arena of what is found
   */
  CriticalSimplices(CudaEngine engine, RipsEdges edges, long together, Arena arena) {
    this.engine = engine;
    this.edges = edges;
    this.together = together;
    this.arena = arena;
    largest = engine.allocateZeros(DType.I32, 1, 1);
  }

  /** Whether the shared memory of a block holds what the search in a dimension needs. */
  static boolean fits(int dimension, long stride, long sharedBytes) {
    return dimension == 1 || warpBytes(dimension, stride) <= sharedBytes;
  }

  /** As {@code warp_bytes} of the kernel. */
  private static long warpBytes(int dimension, long stride) {
    return 2 * stride + stride / 8 * dimension + (dimension + 3) / 4 * 16L;
  }

  /** Of all that was found so far. */
  long bytes() {
    return bytes;
  }

  /**
   * The most vertices that are joined to both ends of an edge by edges before it: there are none of a higher dimension.
   * Known when those of dimension 2 were found.
   */
  int largestLune() {
    int[] found = new int[1];
    engine.download(largest, MemorySegment.ofArray(found));
    return found[0];
  }

  /** Blocks (simplices, dimension + 1) of 32-bit vertices, that follow each other. */
  List<MemorySegment> of(int dimension, Step step) {
    List<MemorySegment> found = new ArrayList<>();
    for (long from = 0; from < edges.count(); from += together) {
      long count = Math.min(together, edges.count() - from);
      find(dimension, from, count, found);
      step.done(from + count);
    }
    return found;
  }

  private void find(int dimension, long from, long count, List<MemorySegment> found) {
    try (CudaBuffer counts = engine.allocate(DType.I32, 1, count)) {
      launch(dimension, from, count, 0, counts.address(), 0);
      try (var starts = new PrefixSums(engine, counts)) {
        long simplices = starts.total();
        long needed = Math.multiplyExact(simplices, (dimension + 1L) * Integer.BYTES);
        if (needed <= engine.availableMemory() || count == 1) {
          write(dimension, from, count, starts.address(), simplices, found);
          return;
        }
      }
    }
    find(dimension, from, count / 2, found);
    find(dimension, from + count / 2, count - count / 2, found);
  }

  private void write(
      int dimension, long from, long count, long starts, long simplices, List<MemorySegment> found) {
    if (simplices == 0) {
      return;
    }
    try (CudaBuffer vertices = engine.allocate(DType.I32, simplices, dimension + 1)) {
      launch(dimension, from, count, starts, 0, vertices.address());
      MemorySegment host = arena.allocate(vertices.byteSize(), Integer.BYTES);
      engine.download(vertices, host);
      found.add(host);
      bytes += host.byteSize();
    }
  }

  private void launch(int dimension, long from, long count, long starts, long counts, long simplices) {
    if (dimension == 1) {
      engine
          .kernels()
          .launch(
              "critical_edges",
              Driver.Grid.of(Math.ceilDiv(count, WARPS), THREADS),
              0,
              edges.ranks(),
              edges.stride(),
              edges.ends(),
              from,
              count,
              starts,
              counts,
              simplices);
      return;
    }
    long shared = warpBytes(dimension, edges.stride());
    int warps = Math.clamp(engine.device().sharedPerBlock() / shared, 1, WARPS);
    engine
        .kernels()
        .launch(
            "critical_simplices",
            Driver.Grid.of(Math.ceilDiv(count, warps), 32 * warps),
            Math.toIntExact(warps * shared),
            edges.ranks(),
            edges.stride(),
            edges.ends(),
            from,
            count,
            dimension,
            starts,
            counts,
            simplices,
            dimension == 2 ? largest.address() : 0);
  }

  @Override
  public void close() {
    largest.close();
  }
}
