package org.scaleinv.family;

import org.scaleinv.family.ChangeTests.Law;
import org.scaleinv.family.Comparison.Verdict;

/** A verdict and the q value of the test that carries it; NaN for UNDECIDED. */
record Judgement(Verdict verdict, double q) {

  private static final Judgement UNDECIDED = new Judgement(Verdict.UNDECIDED, Double.NaN);

  /**
   * Decides. Every verdict but UNDECIDED rests on a test at the level: CONSERVED on equivalence, SCALES and VARIES on a
   * shown change, of the slope or between two scales.
   *
   * @param equivalence q values of the tests of the same names in {@link ChangeTests}
   */
  static Judgement of(ChangeTests tests, double equivalence, double slope, double between, double level) {
    boolean slopeShown = slope <= level;
    boolean differenceShown = between <= level;
    if (equivalence <= level && !differenceShown) {
      return new Judgement(Verdict.CONSERVED, equivalence);
    }
    if (!slopeShown && !differenceShown) {
      return UNDECIDED;
    }
    double q = Math.min(slopeShown ? slope : 1, differenceShown ? between : 1);
    boolean directed = slopeShown || Math.abs(tests.change()) > tests.bound();
    if (!directed || tests.law() == Law.UNTESTABLE || tests.law() == Law.MISSES) {
      return new Judgement(Verdict.VARIES, q);
    }
    return tests.law() == Law.PREDICTS ? new Judgement(Verdict.SCALES, q) : UNDECIDED;
  }
}
