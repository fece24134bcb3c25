package org.scaleinv.family;

import java.util.Arrays;
import org.scaleinv.statistics.LinearFit;

/**
 * One quantity over the scales of a family: the mean over the seeds of each scale, in ascending ln n.
 *
 * @param x ln n of each scale, n the parameters without embeddings
 * @param mean of y over the scale's seeds
 * @param seeds how many
 * @param seedVariance variance of y between the seeds of a scale, pooled over scales; NaN without repeated scales
 * @param seedDegreesOfFreedom models − scales
 */
record ScaleSeries(double[] x, double[] mean, double[] seeds, double seedVariance, int seedDegreesOfFreedom) {

  /**
   * Groups the models by scale.
   *
   * @param lnN by model, ascending
   * @param scale by model: models with equal numbers are seeds of one scale
   * @param y by model
   */
  static ScaleSeries of(double[] lnN, int[] scale, double[] y) {
    int[] scales = Arrays.stream(scale).distinct().toArray();
    double[] x = new double[scales.length];
    double[] mean = new double[scales.length];
    double[] seeds = new double[scales.length];
    double squares = 0;
    for (int k = 0; k < scales.length; k++) {
      for (int i = 0; i < y.length; i++) {
        if (scale[i] == scales[k]) {
          double step = y[i] - mean[k];
          seeds[k]++;
          x[k] += (lnN[i] - x[k]) / seeds[k];
          mean[k] += step / seeds[k];
          squares += step * (y[i] - mean[k]);
        }
      }
    }
    int freedom = y.length - scales.length;
    return new ScaleSeries(x, mean, seeds, freedom > 0 ? squares / freedom : Double.NaN, freedom);
  }

  int scales() {
    return x.length;
  }

  boolean hasSeeds() {
    return seedDegreesOfFreedom > 0;
  }

  /** Straight line through the scale means. */
  LinearFit line() {
    return LinearFit.of(x, mean, Arrays.stream(seeds).map(m -> 1 / m).toArray());
  }

  /** A line of these scales whose errors are what the seeds show. */
  LinearFit withRunVariance(LinearFit line) {
    return line.withRunVariance(seedVariance, seedDegreesOfFreedom);
  }

  double span() {
    return x[x.length - 1] - x[0];
  }

  /** The series without its largest scale; the seed variance stays that of all scales. */
  ScaleSeries withoutLargest() {
    int rest = x.length - 1;
    return new ScaleSeries(
        Arrays.copyOf(x, rest),
        Arrays.copyOf(mean, rest),
        Arrays.copyOf(seeds, rest),
        seedVariance,
        seedDegreesOfFreedom);
  }
}
