package org.scaleinv.engine.cuda;

import org.scaleinv.engine.Metric;
import org.scaleinv.tensor.DType;

/** Points as the kernels of {@code kernels/pairwise_distances.cu} read them: for angles as unit rows, with norms. */
final class PreparedPoints implements AutoCloseable {
  /** Points on a side of a tile. */
  static final int TILE = 64;

  private static final int THREADS = 64;
  private static final int ROWS_A_BLOCK = 8;

  private final CudaEngine engine;
  private final CudaBuffer source;
  private final Metric metric;
  private CudaBuffer units;
  private CudaBuffer norms;

  /** Only inside {@link CudaEngine#perform}, as everything here. */
  PreparedPoints(CudaEngine engine, CudaBuffer source, Metric metric) {
    this.engine = engine;
    this.source = source;
    this.metric = metric;
    try {
      if (count() > 0) {
        prepare();
      }
    } catch (RuntimeException failed) {
      throw CudaEngine.abandoned(this, failed);
    }
  }

  private void prepare() {
    Driver.Grid rows = Driver.Grid.of(Math.ceilDiv(count(), ROWS_A_BLOCK), 32 * ROWS_A_BLOCK);
    if (metric == Metric.MANHATTAN) {
      return;
    }
    norms = engine.allocate(DType.F32, 1, count());
    if (metric == Metric.COSINE || metric == Metric.CORRELATION) {
      units = engine.allocate(DType.F32, count(), source.columns());
      int centred = metric == Metric.CORRELATION ? 1 : 0;
      launch("unit_rows", rows, source.address(), count(), source.columns(), centred, units.address(), norms.address());
    } else {
      launch("squared_norms", rows, source.address(), count(), source.columns(), norms.address());
    }
  }

  long count() {
    return source.rows();
  }

  /** Puts rows from … from + rows − 1 of all distances at {@code target}, (rows, count). */
  void distances(long from, long rows, long target) {
    if (rows == 0) {
      return;
    }
    long side = tiles();
    boolean symmetric = from == 0 && rows == count();
    long blocks = symmetric ? side * (side + 1) / 2 : Math.ceilDiv(rows, TILE) * side;
    launch(
        "distances_" + kernel(),
        Driver.Grid.of(blocks, THREADS),
        points(),
        address(norms),
        count(),
        source.columns(),
        from,
        rows,
        symmetric ? 1 : 0,
        form(),
        target);
  }

  /** How many pairs rows from … have within the threshold in each segment of columns, to (rows, segments) at counts. */
  void countPairs(long rows, long segment, float threshold, long counts) {
    nearPairs(0, rows, segment, threshold, 0, counts, 0, 0);
  }

  /** The pairs themselves, those of row r and segment s from place {@code starts[r, s]}. */
  void findPairs(
      long from, long rows, long segment, float threshold, long starts, long partners, long lengths) {
    nearPairs(from, rows, segment, threshold, starts, 0, partners, lengths);
  }

  private void nearPairs(
      long from, long rows, long segment, float threshold, long starts, long counts, long partners, long lengths) {
    long blocks = Math.ceilDiv(rows, TILE) * Math.ceilDiv(count(), segment);
    launch(
        "near_pairs_" + kernel(),
        Driver.Grid.of(blocks, THREADS),
        points(),
        address(norms),
        count(),
        source.columns(),
        from,
        rows,
        form(),
        segment,
        threshold,
        starts,
        counts,
        partners,
        lengths);
  }

  /** Tiles on a side of the whole. */
  long tiles() {
    return Math.ceilDiv(count(), TILE);
  }

  private long points() {
    return units == null ? source.address() : units.address();
  }

  private static long address(CudaBuffer buffer) {
    return buffer == null ? 0 : buffer.address();
  }

  private String kernel() {
    return switch (metric) {
      case EUCLIDEAN, SQUARED_EUCLIDEAN, COSINE, CORRELATION -> "dot";
      case MANHATTAN -> "manhattan";
      case CHEBYSHEV -> "chebyshev";
    };
  }

  /** What the dot kernels make of a square; the others do not look at it. */
  private int form() {
    return switch (metric) {
      case EUCLIDEAN, MANHATTAN, CHEBYSHEV -> 0;
      case SQUARED_EUCLIDEAN -> 1;
      case COSINE, CORRELATION -> 2;
    };
  }

  private void launch(String kernel, Driver.Grid grid, Object... arguments) {
    engine.kernels().launch(kernel, grid, 0, arguments);
  }

  @Override
  public void close() {
    for (CudaBuffer buffer : new CudaBuffer[] {units, norms}) {
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}
