package org.scaleinv.engine.cuda;

import org.scaleinv.tensor.DType;

/**
 * The edges of a Vietoris–Rips filtration on the device, in their order, and the place of each pair among them, by {@code
 * kernels/vietoris_rips.cu}.
 */
final class RipsEdges implements AutoCloseable {
  /** The kernels put the two ends of an edge into 32 bits. */
  static final int MOST_POINTS = 1 << 16;

  private static final int THREADS = 256;
  private static final int ROWS_A_BLOCK = THREADS / 32;

  /** Ranks of a row that a warp reads at a time. */
  private static final int ROW = 128;

  private final CudaEngine engine;
  private final CudaBuffer distances;
  private final float threshold;
  private final long points;
  private final PrefixSums starts;
  private final long count;
  private CudaBuffer ends;
  private CudaBuffer ranks;

  /**
   * Counts the edges. Only inside {@link CudaEngine#perform}, as everything here.
   *
   * @param distances (n, n), sound, with n at least 1 and at most {@link #MOST_POINTS}
   */
  RipsEdges(CudaEngine engine, CudaBuffer distances, float threshold) {
    this.engine = engine;
    this.distances = distances;
    this.threshold = threshold;
    points = distances.rows();
    try (CudaBuffer counts = engine.allocate(DType.I32, 1, points)) {
      engine.kernels().launch("count_edges", rows(), 0, distances.address(), points, threshold, counts.address());
      starts = new PrefixSums(engine, counts);
    }
    try {
      count = starts.total();
    } catch (RuntimeException failed) {
      throw CudaEngine.abandoned(this, failed);
    }
  }

  long count() {
    return count;
  }

  long points() {
    return points;
  }

  /** Bytes that {@link #sort} takes of the device at most, and what it leaves. */
  long bytes() {
    long sorting = 2 * Integer.BYTES * count + RadixSort.bytes(count);
    return Math.max(sorting, Integer.BYTES * (count + points * stride()));
  }

  /** Puts the edges, of which there are some, in their order. */
  void sort() {
    ends = engine.allocate(DType.I32, 1, count);
    try (CudaBuffer lengths = engine.allocate(DType.F32, 1, count)) {
      engine
          .kernels()
          .launch(
              "list_edges",
              rows(),
              0,
              distances.address(),
              points,
              threshold,
              starts.address(),
              lengths.address(),
              ends.address());
      RadixSort.sort(engine, lengths, ends);
    }
    ranks = engine.allocate(DType.I32, points, stride());
    engine.fill(ranks, (byte) -1);
    engine
        .kernels()
        .launch(
            "rank_edges",
            Driver.Grid.of(Math.ceilDiv(count, THREADS), THREADS),
            0,
            ends.address(),
            count,
            stride(),
            ranks.address());
  }

  private Driver.Grid rows() {
    return Driver.Grid.of(Math.ceilDiv(points, ROWS_A_BLOCK), THREADS);
  }

  /** Of the two ends of each edge, the lower one in the lower 16 bits. */
  long ends() {
    return ends.address();
  }

  /** (points, {@link #stride}): the place of each pair among the edges, all ones for no edge. */
  long ranks() {
    return ranks.address();
  }

  long stride() {
    return stride(points);
  }

  static long stride(long points) {
    return Math.ceilDiv(points, ROW) * ROW;
  }

  @Override
  public void close() {
    if (ranks != null) {
      ranks.close();
    }
    if (ends != null) {
      ends.close();
    }
    starts.close();
  }
}
