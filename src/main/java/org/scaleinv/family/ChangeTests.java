package org.scaleinv.family;

import org.scaleinv.statistics.LinearFit;
import org.scaleinv.statistics.TwoOneSidedTests;

/**
 * How one quantity changes over the scales of a family: the fitted change over the whole range and the p values of the
 * tests about it, before false-discovery control. NaN stands for a test that could not be made.
 *
 * @param fit straight line of the scale means in ln n
 * @param change the estimand, slope·ln(n_max/n_min)
 * @param bound largest |change| that still counts as none
 * @param equivalence p of "|change| ≥ bound"
 * @param slope p of "slope = 0"
 * @param between p of "no two of three or more scales differ by more than the bound", against the seeds' variation
 */
record ChangeTests(
    LinearFit fit,
    double change,
    double changeError,
    double bound,
    double equivalence,
    double slope,
    double between,
    HeldOutLaw law) {

  static ChangeTests of(ScaleSeries series, double bound, double level) {
    LinearFit fit = fit(series);
    double change = fit.slope() * series.span();
    double between = betweenScales(series, bound);
    HeldOutLaw law = HeldOutLaw.of(series, bound, level);
    if (!fit.hasError()) {
      return new ChangeTests(fit, change, Double.NaN, bound, Double.NaN, Double.NaN, between, law);
    }
    double error = fit.slopeError() * series.span();
    int freedom = fit.degreesOfFreedom();
    return new ChangeTests(
        fit,
        change,
        error,
        bound,
        TwoOneSidedTests.within(change, error, freedom, bound),
        TwoOneSidedTests.outside(change, error, freedom, 0),
        between,
        law);
  }

  /** The smallest bound at which the equivalence test passes before false-discovery control; NaN without an error. */
  double decidableBound(double level) {
    if (!fit.hasError()) {
      return Double.NaN;
    }
    return TwoOneSidedTests.smallestBound(change, changeError, fit.degreesOfFreedom(), level);
  }

  /** p of "nothing changes": of the slope and the pairs of scales the more significant, times two (Bonferroni). */
  double anyChange() {
    if (Double.isNaN(between)) {
      return slope;
    }
    return Double.isNaN(slope) ? between : Math.min(1, 2 * Math.min(slope, between));
  }

  /**
   * The line through the scale means, each scale counted once. Its error comes from the scatter of the means about the
   * line, so that what all seeds of a scale share is counted: over all models on models − 2 degrees of freedom, 90 %
   * intervals cover 57–83 % when seeds share 70 % or more of their variance. Two means leave no scatter, and only the
   * seeds can speak.
   */
  private static LinearFit fit(ScaleSeries series) {
    LinearFit line = series.line();
    return series.scales() == 2 && series.hasSeeds() ? series.withRunVariance(line) : line;
  }

  /** The most significant of all pairs of scales; its p times their number (Bonferroni). */
  private static double betweenScales(ScaleSeries series, double bound) {
    int scales = series.scales();
    if (!series.hasSeeds() || scales < 3) {
      return Double.NaN;
    }
    double excess = Double.NEGATIVE_INFINITY;
    double p = 1;
    for (int i = 0; i < scales; i++) {
      for (int j = 0; j < i; j++) {
        double error = Math.sqrt(series.seedVariance() * (1 / series.seeds()[i] + 1 / series.seeds()[j]));
        double difference = series.mean()[i] - series.mean()[j];
        if ((Math.abs(difference) - bound) / error > excess) {
          excess = (Math.abs(difference) - bound) / error;
          p = TwoOneSidedTests.outside(difference, error, series.seedDegreesOfFreedom(), bound);
        }
      }
    }
    return Math.min(1, p * scales * (scales - 1) / 2);
  }
}
