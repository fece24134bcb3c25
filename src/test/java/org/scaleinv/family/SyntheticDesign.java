package org.scaleinv.family;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;

/**
 * Sizes and seeds of a family without measurements.
 *
 * @param x ln n by model
 * @param scale number of the scale by model
 */
record SyntheticDesign(String name, double[] x, int[] scale) {
  private static final double[] KJV = {25_472, 84_912, 200_064, 671_232, 1_586_432};

  /** Scales evenly spaced in ln n over the range of the kjv family. */
  static SyntheticDesign even(String name, int scales, int seeds) {
    double span = Math.log(KJV[4] / KJV[0]);
    double[] sizes = IntStream.range(0, scales).mapToDouble(k -> span * k / (scales - 1)).toArray();
    return repeated(name, sizes, IntStream.range(0, scales).map(k -> seeds).toArray());
  }

  static SyntheticDesign kjv() {
    double[] sizes = Arrays.stream(KJV).map(Math::log).toArray();
    return repeated("5 scales, 2+2+2+1+1 seeds", sizes, new int[] {2, 2, 2, 1, 1});
  }

  private static SyntheticDesign repeated(String name, double[] sizes, int[] seeds) {
    int[] scale = IntStream.range(0, sizes.length).flatMap(k -> IntStream.range(0, seeds[k]).map(s -> k)).toArray();
    return new SyntheticDesign(name, Arrays.stream(scale).mapToDouble(k -> sizes[k]).toArray(), scale);
  }

  int models() {
    return x.length;
  }

  int scales() {
    return scale[scale.length - 1] + 1;
  }

  boolean hasSeeds() {
    return models() > scales();
  }

  /** Of the slope's error: scales − 2, or those between the seeds of two scales. */
  int degreesOfFreedom() {
    return scales() > 2 ? scales() - 2 : models() - 2;
  }

  boolean hasError() {
    return degreesOfFreedom() > 0;
  }

  double span() {
    return x[x.length - 1] - x[0];
  }

  /** Position of a model in the range: 0 for the smallest scale, 1 for the largest. */
  double position(int model) {
    return (x[model] - x[0]) / span();
  }

  /** Noise of variance 1 by model, of which the seeds of a scale have {@code shared} in common. */
  double[] noise(NormalizedGaussianSampler gauss, double shared) {
    double[] ofScale = new double[scales()];
    for (int k = 0; k < ofScale.length; k++) {
      ofScale[k] = shared == 0 ? 0 : Math.sqrt(shared) * gauss.sample();
    }
    double[] noise = new double[models()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = ofScale[scale[i]] + Math.sqrt(1 - shared) * gauss.sample();
    }
    return noise;
  }

  ScaleSeries series(double[] y) {
    return ScaleSeries.of(x, scale, y);
  }
}
