package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.scaleinv.tensor.DType;

/**
 * Eigenvalues of one symmetric matrix: its tridiagonal form by {@code kernels/tridiagonal.cu}, then bisection by {@code
 * kernels/sturm.cu}. Two launches a row and one every {@value #PANEL} rows, of any order; the host waits once, for the
 * values.
 */
final class SymmetricEigenvalues {
  private static final int THREADS = 256;
  private static final int TILE = 64;

  /** Rows reduced between two updates of all that is left. */
  private static final int PANEL = 32;

  /** New elements of a row that a block computes. */
  private static final int FRESH = TILE - 1;

  /** Threads of a block of bisections. */
  private static final int BISECTIONS = 64;

  /** Blocks that walk over all rows. */
  private static final int MOST_BLOCKS = 1024;

  private final CudaEngine engine;
  private final CudaBuffer matrix;
  private final long order;
  private final CudaBuffer memory;
  private final long diagonal;
  private final long coupling;
  private final long squares;
  private final long values;
  private final long bounds;
  private final long largest;

  private SymmetricEigenvalues(CudaEngine engine, CudaBuffer matrix, CudaBuffer memory) {
    this.engine = engine;
    this.matrix = matrix;
    this.memory = memory;
    order = matrix.rows();
    values = memory.address();
    diagonal = values + order * Double.BYTES;
    coupling = diagonal + order * Double.BYTES;
    squares = coupling + order * Double.BYTES;
    bounds = squares + order * Double.BYTES;
    largest = bounds + 2 * Double.BYTES;
  }

  /**
   * Descending. Only inside {@link CudaEngine#perform}.
   *
   * @param matrix square, of doubles; used up
   */
  static double[] of(CudaEngine engine, CudaBuffer matrix) {
    long order = matrix.rows();
    if (order == 0) {
      return new double[0];
    }
    try (CudaBuffer memory = engine.allocate(DType.F64, 1, 4 * order + 3);
        CudaBuffer work = engine.allocate(DType.F64, 1, workSize(order))) {
      var solver = new SymmetricEigenvalues(engine, matrix, memory);
      solver.scale();
      solver.reduce(work.address());
      solver.bisect();
      return solver.values();
    }
  }

  /** As struct Work of {@code kernels/tridiagonal.cu} divides it. */
  private static long workSize(long order) {
    long tiles = Math.ceilDiv(order, TILE);
    long vectors = Math.multiplyExact(2L * PANEL + 2 + tiles, order);
    return vectors + 2L * PANEL * tiles + tiles * (tiles + 1) / 2 + 1;
  }

  private void scale() {
    Driver.Grid rows = Driver.Grid.of(Math.min(order, MOST_BLOCKS), THREADS);
    engine.fillZeros(largest, Double.BYTES);
    engine.kernels().launch("largest_magnitude", rows, 0, matrix.address(), order, largest);
    engine.kernels().launch("scale_below_one", rows, 0, matrix.address(), order, largest);
  }

  private void reduce(long work) {
    row(order - 1, 0, work);
    int vectors = 0;
    for (long length = order - 1; length > 0; length--) {
      engine
          .kernels()
          .launch("tridiagonal_product", triangle(length), 0, matrix.address(), order, length, vectors, work, coupling);
      vectors++;
      row(length - 1, vectors, work);
      if (vectors == PANEL && length > 1) {
        engine
            .kernels()
            .launch("tridiagonal_update", triangle(length - 1), 0, matrix.address(), order, length - 1, work);
        vectors = 0;
      }
    }
  }

  private void row(long row, int vectors, long work) {
    Driver.Grid grid = Driver.Grid.of(Math.max(1, Math.ceilDiv(row, FRESH)), THREADS);
    engine.kernels().launch("tridiagonal_row", grid, 0, matrix.address(), order, row, vectors, work, diagonal);
  }

  private static Driver.Grid triangle(long length) {
    long tiles = Math.ceilDiv(length, TILE);
    return Driver.Grid.of(tiles * (tiles + 1) / 2, THREADS);
  }

  private void bisect() {
    engine
        .kernels()
        .launch("sturm_bounds", Driver.Grid.of(1, THREADS), 0, diagonal, coupling, order, squares, bounds);
    Driver.Grid grid = Driver.Grid.of(Math.ceilDiv(order, BISECTIONS), BISECTIONS);
    engine.kernels().launch("sturm_eigenvalues", grid, 0, diagonal, squares, order, bounds, largest, values);
  }

  /** Eigenvalues within rounding of each other may come in either order from their own searches. */
  private double[] values() {
    double[] sorted = new double[Math.toIntExact(order)];
    try (CudaEngine.Mark done = engine.mark()) {
      done.set();
      engine.download(memory, MemorySegment.ofArray(sorted), done);
    }
    Arrays.sort(sorted);
    for (int i = 0, j = sorted.length - 1; i < j; i++, j--) {
      double swapped = sorted[i];
      sorted[i] = sorted[j];
      sorted[j] = swapped;
    }
    return sorted;
  }
}
