package org.scaleinv.model.nulls;

import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Gaussian clouds with the covariance of a given one. Distances know nothing of directions, so that the eigenvalues of
 * the covariance are all it takes: each coordinate of a draw is one eigenvector's.
 *
 * <p>The sample covariance S of m + 1 points is not that of the population: with no more points than coordinates it has
 * rank m, and clouds drawn with it lie closer together than the points they are to be compared with, so that noise would
 * not look like noise. The eigenvalues are therefore drawn towards their mean μ, until the sum of their squares is the
 * unbiased estimate of tr Σ², m²/((m − 1)(m + 2))·(tr S² − (tr S)²/m) (Bai and Saranadasa, Stat. Sin. 6, 1996, eq. 3.3):
 * mean and variance of the squared distances are then those of the cloud. With many more points than coordinates that
 * changes nothing.
 *
 * @param variances of the coordinates, descending
 */
public record GaussianCloud(double[] variances) {

  /**
   * @param singularValues of the centred points, (points, coordinates)
   */
  public static GaussianCloud like(double[] singularValues, int points, int coordinates) {
    int freedom = points - 1;
    double[] sample = new double[coordinates];
    for (int i = 0; i < Math.min(freedom, Math.min(coordinates, singularValues.length)); i++) {
      sample[i] = singularValues[i] * singularValues[i] / freedom;
    }
    double mean = Arrays.stream(sample).sum() / coordinates;
    double kept = kept(sample, mean, freedom);
    return new GaussianCloud(Arrays.stream(sample).map(value -> mean + kept * (value - mean)).toArray());
  }

  /** What is left of the eigenvalues' differences from their mean. */
  private static double kept(double[] sample, double mean, double freedom) {
    double trace = mean * sample.length;
    double squares = Arrays.stream(sample).map(value -> value * value).sum();
    double scatter = squares - trace * mean;
    if (!(scatter > 0) || freedom < 2) {
      return 1;
    }
    double unbiased =
        freedom * freedom / ((freedom - 1) * (freedom + 2)) * (squares - trace * trace / freedom) - trace * mean;
    return Math.sqrt(Math.clamp(unbiased / scatter, 0, 1));
  }

  /** {@code points} of them, (points, coordinates) row-major; a function of the seed, the purpose and the draw alone. */
  public double[] draw(int points, long seed, String purpose, int draw) {
    var normal = ZigguratSampler.NormalizedGaussian.of(
        RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, purpose, points, draw)));
    double[] deviations = Arrays.stream(variances).map(Math::sqrt).toArray();
    double[] values = new double[points * deviations.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = deviations[i % deviations.length] * normal.sample();
    }
    return values;
  }
}
