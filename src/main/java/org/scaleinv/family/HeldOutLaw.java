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
    LinearFit law = series.withoutLargest().line();
    double largest = series.x()[last];
    double miss = series.mean()[last] - law.at(largest);
    if (Math.abs(miss) <= bound) {
      return PREDICTS;
    }
    LinearFit judge = series.hasSeeds() ? series.withRunVariance(law) : law;
    if (!judge.hasError()) {
      return UNCLEAR;
    }
    double error = Math.hypot(judge.errorAt(largest), Math.sqrt(judge.variance() / series.seeds()[last]));
    return TwoOneSidedTests.outside(miss, error, judge.degreesOfFreedom(), 0) <= level ? MISSES : UNCLEAR;
  }
}
