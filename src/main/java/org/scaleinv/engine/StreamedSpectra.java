package org.scaleinv.engine;

import java.util.List;
import java.util.function.Supplier;
import org.scaleinv.tensor.Matrix;

/**
 * Singular values of matrices read panel by panel, by any engine's {@link Widening} and {@link Spectra}.
 *
 * <p>With M the short side and ε = 2^−52: the Gram matrix's eigenvalues are off by at most about M·ε·σ₁², so singular
 * values below √(M·ε)·σ₁ are noise (an eigenvalue that comes out negative lies there, and is given as 0). The triangle
 * keeps an error of M·ε·σ₁ (Golub, Van Loan, Matrix Computations, §8.6).
 *
 * <p>Safe for use by several threads at once.
 */
public final class StreamedSpectra implements SpectrumReader {
  private static final double EPSILON = Math.ulp(1.0);

  /**
   * AUTO takes QR when the smallest value lies below this multiple of GRAM's resolution. There the error of an
   * eigenvalue is 1/100 of it, so that no value taken from GRAM is wrong by more than 0.5 %.
   */
  private static final double TRUSTED = 10;

  private final Engine engine;
  private final Spectra spectra;

  /** @param engine stays the caller's to close */
  public StreamedSpectra(Engine engine) {
    this.engine = engine;
    this.spectra = engine.spectra();
  }

  /** {@inheritDoc} AUTO takes QR when a value lies below ten times what GRAM resolves. */
  @Override
  public SingularSpectrum matrix(Matrix matrix, Solver solver, int threads) {
    var panels = new MatrixPanels(engine, matrix, matrix.rows() < matrix.columns());
    if (solver == Solver.QR) {
      return byTriangle(matrix, panels);
    }
    SingularSpectrum spectrum = byGram(matrix, panels, threads);
    double smallest = spectrum.values()[spectrum.values().length - 1];
    boolean blurred = smallest < TRUSTED * spectrum.resolution();
    return solver == Solver.AUTO && blurred ? byTriangle(matrix, panels) : spectrum;
  }

  private SingularSpectrum byGram(Matrix matrix, MatrixPanels panels, int threads) {
    try (Buffer gram = spectra.zeros(panels.order())) {
      panels.forEach(panel -> spectra.accumulateGram(gram, panel, panels.acrossColumns(), threads));
      // a NaN or infinity anywhere reaches the diagonal, for far less than a look at every panel
      if (!spectra.finite(gram)) {
        throw panels.nonFinite();
      }
      double[] values = spectra.symmetricEigenvalues(gram);
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.scalb(Math.sqrt(Math.max(values[i], 0)), panels.exponent());
      }
      double resolution = Math.sqrt(values.length * EPSILON) * values[0];
      return new SingularSpectrum(values, matrix.rows(), matrix.columns(), Solver.GRAM, resolution);
    }
  }

  private SingularSpectrum byTriangle(Matrix matrix, MatrixPanels panels) {
    try (Buffer triangle = triangle(panels)) {
      double[] values = scaled(spectra.singularValues(triangle), panels.exponent());
      double resolution = values.length * EPSILON * values[0];
      return new SingularSpectrum(values, matrix.rows(), matrix.columns(), Solver.QR, resolution);
    }
  }

  /**
   * {@inheritDoc} The resolution is the rounding of the product of the triangles, d·ε·‖R_left‖·‖R_right‖ in Frobenius
   * norms.
   */
  @Override
  public SingularSpectrum product(Matrix left, boolean leftTransposed, Matrix right, boolean rightTransposed) {
    var leftPanels = new MatrixPanels(engine, left, leftTransposed);
    var rightPanels = new MatrixPanels(engine, right, rightTransposed);
    requireSameInner(leftPanels, rightPanels);
    try (Buffer leftTriangle = triangle(leftPanels);
        Buffer rightTriangle = triangle(rightPanels);
        Buffer core = spectra.triangleProduct(leftTriangle, rightTriangle)) {
      double[] norms = spectra.frobeniusNorms(List.of(leftTriangle, rightTriangle));
      return ofProduct(leftPanels, rightPanels, spectra.singularValues(core), norms[0], norms[1]);
    }
  }

  static void requireSameInner(MatrixPanels left, MatrixPanels right) {
    if (left.order() != right.order()) {
      throw new IllegalArgumentException("factors of inner dimension " + left.order() + " and " + right.order());
    }
  }

  /** @param values changed in place */
  static SingularSpectrum ofProduct(
      MatrixPanels left, MatrixPanels right, double[] values, double leftNorm, double rightNorm) {
    int exponent = left.exponent() + right.exponent();
    double noise = left.order() * EPSILON * leftNorm * rightNorm;
    return new SingularSpectrum(
        scaled(values, exponent), left.length(), right.length(), Solver.QR, Math.scalb(noise, exponent));
  }

  /** {@inheritDoc} Together means: the panels of several at a time, as the engine takes them. */
  @Override
  public List<Supplier<SingularSpectrum>> products(List<Product> products) {
    return spectra.batch() == 1
        ? SpectrumReader.super.products(products)
        : new ProductBatches(engine).spectra(products);
  }

  private Buffer triangle(MatrixPanels panels) {
    Buffer triangle = spectra.zeros(panels.order());
    try {
      panels.forEach(
          panel -> {
            if (!spectra.finite(panel)) {
              throw panels.nonFinite();
            }
            spectra.accumulateTriangle(triangle, panel, panels.acrossColumns());
          });
      return triangle;
    } catch (RuntimeException failed) {
      triangle.close();
      throw failed;
    }
  }

  private static double[] scaled(double[] values, int exponent) {
    for (int i = 0; exponent != 0 && i < values.length; i++) {
      values[i] = Math.scalb(values[i], exponent);
    }
    return values;
  }
}
