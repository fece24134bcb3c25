package org.scaleinv.family;

import org.scaleinv.statistics.LinearFit;
import org.scaleinv.statistics.TwoOneSidedTests;

/** What the law fitted without the largest scale says of the largest scale. */
enum HeldOutLaw {
  /** Its mean value is met within the bound. */
  PREDICTS,
  /** It is missed by more than the bound, and by more than chance explains at the level of the tests. */
  MISSES,
  /** It is missed by more than the bound, but chance may explain it. */
  UNCLEAR,
  /** Two scales fix a law and leave nothing to predict. */
  UNTESTABLE;

  /** Chance is what the seeds show, or without seeds the scatter of the smaller scales about their own line. */
  static HeldOutLaw of(ScaleSeries series, double bound, double level) {
    int last = series.scales() - 1;
    if (last < 2) {
      return UNTESTABLE;
    }
    ScaleSeries rest = series.withoutLargest();
    LinearFit law = LinearFit.of(rest.x(), rest.mean());
    double miss = series.mean()[last] - law.at(series.x()[last]);
    if (Math.abs(miss) <= bound) {
      return PREDICTS;
    }
    int freedom = series.hasSeeds() ? series.seedDegreesOfFreedom() : law.degreesOfFreedom();
    if (freedom == 0) {
      return UNCLEAR;
    }
    double runVariance = series.hasSeeds() ? series.seedVariance() : law.variance();
    double error = Math.sqrt(runVariance * missFactor(series, law));
    return TwoOneSidedTests.outside(miss, error, freedom, 0) <= level ? MISSES : UNCLEAR;
  }

  /** Variance of the miss over the variance of one run. */
  private static double missFactor(ScaleSeries series, LinearFit law) {
    int last = series.scales() - 1;
    double factor = 1 / series.seeds()[last];
    for (int i = 0; i < last; i++) {
      double leverage = law.leverage(series.x()[last], series.x()[i]);
      factor += leverage * leverage / series.seeds()[i];
    }
    return factor;
  }
}
