package org.scaleinv.invariant.spectral;

import java.util.Arrays;
import org.scaleinv.engine.SingularSpectrum;
import org.scaleinv.engine.Solver;

/**
 * The singular values of a weight matrix W, or of a product of two, as the spectral invariants see them.
 *
 * <p>N is the longer side, M the number of singular values that can differ from zero, λ = σ²/N the eigenvalues of
 * WᵀW/N. Every invariant is free of scale, so λ is kept in units of the largest: squares of values near 1e±200 stay
 * finite. Immutable; the arrays must not be changed.
 */
public final class Spectrum {
  private final double[] singularValues;
  private final double[] eigenvalues;
  private final long longSide;
  private final boolean product;
  private final Solver solver;
  private final double resolution;

  private Spectrum(SingularSpectrum spectrum, boolean product) {
    double[] values = spectrum.values();
    long rank = Math.min(values.length, Math.min(spectrum.rows(), spectrum.columns()));
    this.singularValues = Arrays.copyOf(values, Math.toIntExact(rank));
    this.eigenvalues = new double[singularValues.length];
    for (int i = 0; i < eigenvalues.length; i++) {
      double ratio = singularValues[0] > 0 ? singularValues[i] / singularValues[0] : 0;
      eigenvalues[i] = ratio * ratio;
    }
    this.longSide = Math.max(spectrum.rows(), spectrum.columns());
    this.product = product;
    this.solver = spectrum.solver();
    this.resolution = spectrum.resolution();
  }

  public static Spectrum ofMatrix(SingularSpectrum spectrum) {
    return new Spectrum(spectrum, false);
  }

  /** The spectrum of left·rightᵀ: no Marchenko–Pastur law holds for it. */
  public static Spectrum ofProduct(SingularSpectrum spectrum) {
    return new Spectrum(spectrum, true);
  }

  /** σ, descending, (M). */
  public double[] singularValues() {
    return singularValues;
  }

  /** λ/λ₁, descending, (M); all zero for a matrix of zeros. */
  public double[] eigenvalues() {
    return eigenvalues;
  }

  /** λ₁ = σ₁²/N. */
  public double largestEigenvalue() {
    return singularValues[0] * singularValues[0] / longSide;
  }

  /** N. */
  public long longSide() {
    return longSide;
  }

  /** M. */
  public int size() {
    return singularValues.length;
  }

  /** c = M/N. */
  public double aspect() {
    return (double) size() / longSide;
  }

  public boolean isProduct() {
    return product;
  }

  /** Whether every singular value is zero, or there is none. */
  public boolean isZero() {
    return size() == 0 || !(singularValues[0] > 0);
  }

  public Solver solver() {
    return solver;
  }

  /** Singular values at or below it are rounding noise. */
  public double resolution() {
    return resolution;
  }

  /** Mean of (λ/λ₁)^k. */
  public double moment(int k) {
    double sum = 0;
    for (double eigenvalue : eigenvalues) {
      sum += Math.pow(eigenvalue, k);
    }
    return sum / size();
  }

  /** ‖W‖_F². */
  public double frobeniusSquared() {
    return size() == 0 ? 0 : singularValues[0] * singularValues[0] * moment(1) * size();
  }
}
