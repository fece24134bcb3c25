package org.scaleinv.statistics;

import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Spectra of Gaussian matrices without the matrices: Householder reflections leave a Gaussian (N, M) matrix with a
 * bidiagonal of independent chi variables, N, N−1, …, N−M+1 degrees of freedom on the diagonal and M−1, …, 1 above it
 * (Silverstein, Ann. Probab. 13, 1985; Dumitriu and Edelman, J. Math. Phys. 43, 2002).
 */
public final class GaussianSpectrum {
  private final UniformRandomProvider random;
  private final ZigguratSampler.NormalizedGaussian normal;

  public GaussianSpectrum(long seed) {
    random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    normal = ZigguratSampler.NormalizedGaussian.of(random);
  }

  /** Eigenvalues of WᵀW/N, ascending, for entries of variance one. */
  public double[] eigenvalues(int longer, int shorter) {
    return spikedEigenvalues(longer, shorter, 0);
  }

  /** The same after adding strength·√N·uvᵀ for unit vectors u and v. */
  public double[] spikedEigenvalues(int longer, int shorter, double strength) {
    double[] diagonal = new double[shorter];
    double[] above = new double[shorter];
    for (int i = 0; i < shorter; i++) {
      diagonal[i] = chi(longer - i);
      above[i] = i + 1 < shorter ? chi(shorter - 1 - i) : 0;
    }
    // u = v = e₁ without loss; the first reflection sees g₁₁ + θ and N − 1 other entries, the rest stays Gaussian
    diagonal[0] = Math.hypot(normal.sample() + strength * Math.sqrt(longer), longer > 1 ? chi(longer - 1) : 0);
    double[] main = new double[shorter];
    double[] secondary = new double[Math.max(0, shorter - 1)];
    for (int i = 0; i < shorter; i++) {
      main[i] = (square(diagonal[i]) + (i > 0 ? square(above[i - 1]) : 0)) / longer;
      if (i + 1 < shorter) {
        secondary[i] = diagonal[i] * above[i] / longer;
      }
    }
    double[] eigenvalues = new EigenDecomposition(main, secondary).getRealEigenvalues();
    Arrays.sort(eigenvalues);
    return eigenvalues;
  }

  public double[] singularValues(int longer, int shorter) {
    return Arrays.stream(eigenvalues(longer, shorter)).map(x -> Math.sqrt(Math.max(0, x))).toArray();
  }

  private double chi(int degrees) {
    return Math.sqrt(AhrensDieterMarsagliaTsangGammaSampler.of(random, degrees / 2.0, 2).sample());
  }

  private static double square(double x) {
    return x * x;
  }
}
