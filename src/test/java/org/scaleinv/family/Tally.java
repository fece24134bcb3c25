package org.scaleinv.family;

import java.util.EnumMap;
import java.util.Map;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.statistics.StudentT;

/** Counts what the tests said of many families of one truth. */
final class Tally {
  private final double level;
  private final SyntheticTruth truth;
  private final double trueSlope;
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final Map<NullRelation, Integer> relations = new EnumMap<>(NullRelation.class);
  private final double quantile90;
  private final double quantile95;
  private int families;
  private int covered90;
  private int covered95;

  /**
   * @param span of ln n
   * @param degreesOfFreedom of the slope's error, 0 for none
   */
  Tally(double level, SyntheticTruth truth, double span, int degreesOfFreedom) {
    this.level = level;
    this.truth = truth;
    this.trueSlope = truth.slope(span);
    this.quantile90 = degreesOfFreedom > 0 ? StudentT.quantile(0.95, degreesOfFreedom) : Double.NaN;
    this.quantile95 = degreesOfFreedom > 0 ? StudentT.quantile(0.975, degreesOfFreedom) : Double.NaN;
  }

  /** Judges one family, with no false-discovery control to pass: one row's q is its p. */
  void add(ScaleSeries series, double bound) {
    ChangeTests tests = ChangeTests.of(series, bound);
    families++;
    if (truth.asksForVerdict()) {
      verdicts.merge(Judgement.of(tests, tests.equivalence(), tests.anyChange(), level).verdict(), 1, Integer::sum);
    }
    if (truth.asksForNullRelation()) {
      NullTests nulls = NullTests.of(tests);
      relations.merge(NullTests.relation(nulls.trivial(), nulls.beyondNull(), level), 1, Integer::sum);
    }
    double miss = Math.abs(tests.fit().slope() - trueSlope);
    covered90 += miss <= quantile90 * tests.fit().slopeError() ? 1 : 0;
    covered95 += miss <= quantile95 * tests.fit().slopeError() ? 1 : 0;
  }

  double share(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0) / (double) families;
  }

  double change() {
    return share(Verdict.SCALES) + share(Verdict.VARIES);
  }

  double share(NullRelation relation) {
    return relations.getOrDefault(relation, 0) / (double) families;
  }

  double coverage90() {
    return covered90 / (double) families;
  }

  double coverage95() {
    return covered95 / (double) families;
  }
}
