package org.scaleinv.statistics;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * How plausible a fitted power law is by itself: the share of synthetic samples that lie further from their own fit
 * than the sample does (Clauset, Shalizi, Newman, SIAM Rev. 51, 2009, §4.1).
 *
 * <p>A synthetic sample draws each value from the fitted law with probability tail/total, else from the sample's values
 * below xMin; it is then fitted with an xMin of its own. Below 0.1 the power law is ruled out. With R samples p has a
 * standard error of √(p(1 − p)/R). Costs R fits.
 *
 * @param fit of the sample itself
 * @param p share of synthetic samples with a distance at least as large; one without a fit (few values, all equal)
 *     counts as such
 * @param samples synthetic samples drawn
 */
public record GoodnessOfFit(PowerLawFit fit, double p, int samples) {

  /**
   * @param values in any order; not changed
   * @param relativeCut as in {@link PowerLawFit#of}
   * @param minimumTail as in {@link PowerLawFit#of}
   * @param samples synthetic samples, at least 1
   * @param seed same seed, same p
   */
  public static Estimate<GoodnessOfFit> of(
      double[] values, double relativeCut, int minimumTail, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException(samples + " synthetic samples");
    }
    return switch (PowerLawFit.of(values, relativeCut, minimumTail)) {
      case Estimate.NotApplicable<PowerLawFit>(String reason) -> Estimate.notApplicable(reason);
      case Estimate.Of<PowerLawFit>(PowerLawFit fit) ->
          Estimate.of(new GoodnessOfFit(fit, p(values, relativeCut, minimumTail, fit, samples, seed), samples));
    };
  }

  private static double p(
      double[] values, double relativeCut, int minimumTail, PowerLawFit fit, int samples, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    double[] body = body(values, relativeCut, fit.xMin());
    int further = 0;
    for (int i = 0; i < samples; i++) {
      Estimate<PowerLawFit> synthetic = PowerLawFit.of(draw(body, fit, random), 0, minimumTail);
      further += synthetic.toOptional().map(PowerLawFit::ks).orElse(Double.POSITIVE_INFINITY) >= fit.ks() ? 1 : 0;
    }
    return further / (double) samples;
  }

  private static double[] body(double[] values, double relativeCut, double xMin) {
    double largest = Arrays.stream(values).max().orElseThrow();
    return Arrays.stream(values)
        .filter(x -> x > 0 && x >= relativeCut * largest && x < xMin)
        .toArray();
  }

  private static double[] draw(double[] body, PowerLawFit fit, UniformRandomProvider random) {
    double[] values = new double[body.length + fit.tailCount()];
    for (int i = 0; i < values.length; i++) {
      // one draw decides between body and tail, so that the tail's count varies as in the sample
      int index = random.nextInt(values.length);
      values[i] = index < body.length
          ? body[index]
          : fit.xMin() * Math.pow(1 - random.nextDouble(), 1 / (1 - fit.alpha()));
    }
    return values;
  }
}
