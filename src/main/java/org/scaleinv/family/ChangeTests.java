package org.scaleinv.family;

import org.scaleinv.statistics.LinearFit;
import org.scaleinv.statistics.TwoOneSidedTests;

/**
 * How one quantity changes over the scales of a family: the fitted change over the whole range and the p values of the
 * three tests about it, before false-discovery control. NaN stands for a test that could not be made.
 *
 * @param fit straight line of the scale means in ln n
 * @param change the estimand, slope·ln(n_max/n_min)
 * @param bound largest |change| that still counts as none
 * @param equivalence p of "|change| ≥ bound"
 * @param slope p of "slope = 0"
 * @param between p of "no two scales differ by more than the bound", against the variation between seeds
 * @param decidableBound smallest bound at which the unadjusted equivalence test passes
 */
record ChangeTests(
    LinearFit fit,
    double change,
    double changeError,
    double bound,
    double equivalence,
    double slope,
    double between,
    double decidableBound,
    Law law) {

  /** What the law fitted without the largest scale says of the largest scale. */
  enum Law {
    /** Its mean value is met within the tolerance. */
    PREDICTS,
    /** It is missed by more than the tolerance, and by more than chance explains at the level of the tests. */
    MISSES,
    /** It is missed by more than the tolerance, but chance may explain it. */
    UNCLEAR,
    /** Two scales fix a law and leave nothing to predict. */
    UNTESTABLE
  }

  static ChangeTests of(ScaleSeries series, double bound, double level) {
    LinearFit fit = fit(series);
    double change = fit.slope() * series.span();
    double error = fit.hasError() ? fit.slopeError() * series.span() : Double.NaN;
    int freedom = fit.degreesOfFreedom();
    boolean tested = fit.hasError();
    return new ChangeTests(
        fit,
        change,
        error,
        bound,
        tested ? TwoOneSidedTests.within(change, error, freedom, bound) : Double.NaN,
        tested ? TwoOneSidedTests.outside(change, error, freedom, 0) : Double.NaN,
        betweenScales(series, bound),
        tested ? TwoOneSidedTests.smallestBound(change, error, freedom, level) : Double.NaN,
        law(series, bound, level));
  }

  /**
   * The line through the scale means, weighted by their seeds. Its error comes from the scatter of the means about the
   * line, so that deviations shared by all seeds of a scale are counted; two means leave no scatter, and only the seeds
   * can speak.
   */
  static LinearFit fit(ScaleSeries series) {
    LinearFit fit = LinearFit.of(series.x(), series.mean(), series.seeds());
    boolean onlySeedsKnow = !fit.hasError() && series.hasSeeds();
    return onlySeedsKnow ? fit.withVariance(series.seedVariance(), series.seedDegreesOfFreedom()) : fit;
  }

  /** The most significant of all pairs of scales, times their number (Bonferroni). */
  private static double betweenScales(ScaleSeries series, double bound) {
    if (!series.hasSeeds()) {
      return Double.NaN;
    }
    double smallest = 1;
    for (int i = 0; i < series.scales(); i++) {
      for (int j = 0; j < i; j++) {
        double error = Math.sqrt(series.seedVariance() * (1 / series.seeds()[i] + 1 / series.seeds()[j]));
        double difference = series.mean()[i] - series.mean()[j];
        smallest =
            Math.min(
                smallest, TwoOneSidedTests.outside(difference, error, series.seedDegreesOfFreedom(), bound));
      }
    }
    return Math.min(1, smallest * series.scales() * (series.scales() - 1) / 2);
  }

  private static Law law(ScaleSeries series, double bound, double level) {
    int last = series.scales() - 1;
    if (last < 2) {
      return Law.UNTESTABLE;
    }
    ScaleSeries rest = series.withoutLargest();
    LinearFit smaller = LinearFit.of(rest.x(), rest.mean(), rest.seeds());
    double miss = series.mean()[last] - smaller.at(series.x()[last]);
    if (Math.abs(miss) <= bound) {
      return Law.PREDICTS;
    }
    LinearFit judge =
        series.hasSeeds() ? smaller.withVariance(series.seedVariance(), series.seedDegreesOfFreedom()) : smaller;
    if (!judge.hasError()) {
      return Law.UNCLEAR;
    }
    double factor = judge.varianceFactorAt(series.x()[last]) + 1 / series.seeds()[last];
    double p = TwoOneSidedTests.outside(miss, Math.sqrt(judge.variance() * factor), judge.degreesOfFreedom(), 0);
    return p <= level ? Law.MISSES : Law.UNCLEAR;
  }
}
