package org.scaleinv.family;

import org.scaleinv.statistics.LinearFit;
import org.scaleinv.statistics.TwoOneSidedTests;

/**
 * How one quantity changes over the scales of a family: the fitted change over the whole range and the p values of the
 * tests about it, before false-discovery control. NaN stands for a test that cannot be made.
 *
 * @param fit straight line of the scale means in ln n
 * @param bound largest |change| that still counts as none
 */
record ChangeTests(ScaleSeries series, LinearFit fit, double bound) {

  /**
   * Fits the line, each scale counted once. Its error comes from the scatter of the scale means about it, so that what
   * all seeds of a scale share is counted: over all models on models − 2 degrees of freedom, 90 % intervals cover
   * 61–79 % when seeds share nine tenths of their variance. Two means leave no scatter, and only the seeds can speak.
   */
  static ChangeTests of(ScaleSeries series, double bound) {
    LinearFit line = series.line();
    boolean onlySeedsKnow = series.scales() == 2 && series.hasSeeds();
    return new ChangeTests(series, onlySeedsKnow ? series.withRunVariance(line) : line, bound);
  }

  /** The estimand: slope·ln(n_max/n_min). */
  double change() {
    return fit.slope() * series.span();
  }

  /** p of "|change| ≥ bound". */
  double equivalence() {
    return fit.hasError()
        ? TwoOneSidedTests.within(change(), changeError(), fit.degreesOfFreedom(), bound)
        : Double.NaN;
  }

  /** p of "slope = 0". */
  double slope() {
    return fit.hasError()
        ? TwoOneSidedTests.outside(change(), changeError(), fit.degreesOfFreedom(), 0)
        : Double.NaN;
  }

  /** |change| and so many standard errors: the bound at which the equivalence test has the tail of that quantile. */
  double reach(double quantile) {
    return Math.abs(change()) + quantile * changeError();
  }

  /**
   * p of "no two of three or more scales differ by more than the bound", against the variation between seeds: that of
   * the pair that stands out most, times the number of pairs (Bonferroni).
   */
  double between() {
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

  /** p of "nothing changes": of the slope and the pairs of scales the more significant, times two (Bonferroni). */
  double anyChange() {
    double between = between();
    return Double.isNaN(between) ? slope() : Math.min(1, 2 * Math.min(slope(), between));
  }

  private double changeError() {
    return fit.slopeError() * series.span();
  }
}
