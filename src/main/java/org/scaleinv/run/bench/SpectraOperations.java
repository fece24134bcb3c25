package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** Gram matrices and decompositions in double precision, of matrices whose answers are known beforehand. */
public final class SpectraOperations {
  private static final double EPSILON = 0x1p-52;
  private static final long SEED = 20251122;

  private SpectraOperations() {}

  /** Accumulation of panelᵀ·panel for a panel of (length, order). */
  public static Operation gram(int order, int length) {
    double triangle = order * (order + 1.0);
    return new Operation(
        "gram", length + " x " + order, Sharing.ALL_THREADS,
        new Cost(
            Double.BYTES * ((double) length * order + triangle), triangle * length, DType.F64,
            "n(n+1)k FLOP (symmetric rank-k update, LAPACK Working Note 41); panel read, lower triangle read and written"),
        (engine, threads) -> new Gram(engine, order, length, threads));
  }

  /** All eigenvalues of one symmetric matrix. */
  public static Operation eigenvalues(int order) {
    double n = order;
    return new Operation(
        "eigenvalues", order + " x " + order, Sharing.ONE_THREAD,
        new Cost(
            Double.BYTES * (n * (n + 1) / 2 + n), 4 * n * n * n / 3, DType.F64,
            "4n³/3 FLOP, the reduction to tridiagonal form (Golub and Van Loan, Matrix Computations, 4th ed., §8.3.1); "
                + "lower triangle read, values written"),
        (engine, threads) -> new Eigenvalues(engine, order));
  }

  /** All singular values of a batch of matrices, rows ≥ columns. */
  public static Operation singularValues(int batch, int rows, int columns) {
    double m = rows;
    double n = columns;
    return new Operation(
        batch == 1 ? "singular-values.single" : "singular-values.batch",
        (batch == 1 ? "" : batch + " of ") + rows + " x " + columns,
        batch == 1 ? Sharing.ONE_THREAD : Sharing.ALL_THREADS,
        new Cost(
            Double.BYTES * batch * (m * n + n), batch * (4 * m * n * n - 4 * n * n * n / 3), DType.F64,
            "4mn² − 4n³/3 FLOP each, the reduction to bidiagonal form (Golub and Van Loan, §5.4.8); "
                + "matrices read, values written"),
        (engine, threads) -> new SingularValues(engine, batch, rows, columns, threads));
  }

  /** The thin singular value decomposition of one matrix, rows ≥ columns. */
  public static Operation singularVectors(int rows, int columns) {
    double m = rows;
    double n = columns;
    return new Operation(
        "singular-vectors", rows + " x " + columns, Sharing.ONE_THREAD,
        new Cost(
            Double.BYTES * (2 * m * n + n + n * n), 14 * m * n * n + 8 * n * n * n, DType.F64,
            "14mn² + 8n³ FLOP, values and both thin factors (Golub and Van Loan, §8.6, Golub-Reinsch); "
                + "matrix read, values and vectors written"),
        (engine, threads) -> new SingularVectorsTrial(engine, rows, columns));
  }

  private static final class Gram extends Trial {
    private final double[] panel;
    private final int order;
    private final int length;
    private final int threads;
    private final Buffer uploaded;

    Gram(Engine engine, int order, int length, int threads) {
      super(engine);
      this.order = order;
      this.length = length;
      this.threads = threads;
      panel = new SplittableRandom(SEED).doubles((long) order * length, -1, 1).toArray();
      uploaded = keep(upload(panel, length, order));
    }

    @Override
    void putBack() {
      passing(engine().spectra().zeros(order));
    }

    @Override
    void work() {
      engine().spectra().accumulateGram(passing(), uploaded, false, threads);
    }

    /**
     * gram·x = panelᵀ·(panel·x) for a random x of ±1 (Freivalds, IFIP Congress 1977). Entries are at most 1, so each
     * side errs by at most n·k·(n + k)·ε/2.
     */
    @Override
    public void check() {
      var random = new SplittableRandom(SEED + 1);
      double[] x = random.ints(order, 0, 2).mapToDouble(bit -> 2 * bit - 1).toArray();
      double[] expected = new double[order];
      for (int row = 0; row < length; row++) {
        double inner = 0;
        for (int j = 0; j < order; j++) {
          inner += panel[row * order + j] * x[j];
        }
        for (int j = 0; j < order; j++) {
          expected[j] += panel[row * order + j] * inner;
        }
      }
      requireClose(
          "Gram matrix of " + length + " x " + order,
          expected,
          timesLowerTriangle(x),
          EPSILON * order * length * ((double) order + length));
    }

    private double[] timesLowerTriangle(double[] x) {
      MemorySegment lower = downloaded(passing());
      double[] product = new double[order];
      for (int i = 0; i < order; i++) {
        for (int j = 0; j <= i; j++) {
          double entry = lower.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * order + j);
          product[i] += entry * x[j];
          if (i != j) {
            product[j] += entry * x[i];
          }
        }
      }
      return product;
    }
  }

  private static final class Eigenvalues extends Trial {
    private final double[] matrix;
    private final double[] known;
    private double[] found;

    Eigenvalues(Engine engine, int order) {
      super(engine);
      known = KnownSpectrum.descending(order, 0);
      matrix = KnownSpectrum.symmetric(known, new SplittableRandom(SEED));
    }

    @Override
    void putBack() {
      passing(upload(matrix, known.length, known.length));
    }

    @Override
    void work() {
      found = engine().spectra().symmetricEigenvalues(passing());
    }

    /** A backward stable method errs by a modest multiple of ε·λ₁, here n. */
    @Override
    public void check() {
      requireClose("eigenvalues of order " + known.length, known, found, 4 * EPSILON * known.length * known[0]);
    }
  }

  private static final class SingularValues extends Trial {
    private final int batch;
    private final int rows;
    private final int columns;
    private final int threads;
    private final double[] matrices;
    private double[][] found;

    SingularValues(Engine engine, int batch, int rows, int columns, int threads) {
      super(engine);
      this.batch = batch;
      this.rows = rows;
      this.columns = columns;
      this.threads = threads;
      var random = new SplittableRandom(SEED);
      matrices = new double[batch * rows * columns];
      for (int i = 0; i < batch; i++) {
        double[] matrix = KnownSpectrum.rectangular(known(i), rows, random);
        System.arraycopy(matrix, 0, matrices, i * rows * columns, matrix.length);
      }
    }

    /** Of each matrix its own, so that none can be taken for another. */
    private double[] known(int matrix) {
      return KnownSpectrum.descending(columns, (double) matrix / batch);
    }

    @Override
    void putBack() {
      passing(upload(matrices, (long) batch * rows, columns));
    }

    @Override
    void work() {
      found =
          batch == 1
              ? new double[][] {engine().spectra().singularValues(passing())}
              : engine().spectra().singularValues(passing(), batch, threads);
    }

    /** A backward stable method errs by a modest multiple of ε·σ₁, here the longer side. */
    @Override
    public void check() {
      if (found.length != batch) {
        throw wrong("singular values", "matrices", batch, found.length);
      }
      for (int i = 0; i < batch; i++) {
        double[] known = known(i);
        requireClose(
            "singular values of matrix " + i + ", " + rows + " x " + columns,
            known, found[i], 4 * EPSILON * rows * known[0]);
      }
    }
  }
}
