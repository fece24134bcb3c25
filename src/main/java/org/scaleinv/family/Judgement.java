package org.scaleinv.family;

import org.scaleinv.family.Comparison.Verdict;

/**
 * A verdict and the q value of the test that carries it. UNDECIDED has that of the change where one is shown whose law
 * is unclear, else NaN.
 */
record Judgement(Verdict verdict, double q) {

  static final Judgement UNDECIDED = new Judgement(Verdict.UNDECIDED, Double.NaN);

  /**
   * Decides. Every verdict but UNDECIDED rests on a test at the level: CONSERVED on equivalence, SCALES and VARIES on a
   * shown change; which of the two is said by the law that predicts the largest scale, or does not.
   *
   * @param equivalence q value of {@link ChangeTests#equivalence}
   * @param change q value of {@link ChangeTests#anyChange}
   */
  static Judgement of(ChangeTests tests, double equivalence, double change, double level) {
    boolean changes = change <= level;
    boolean scalesDiffer = changes && tests.between() <= level;
    if (equivalence <= level && !scalesDiffer) {
      return new Judgement(Verdict.CONSERVED, equivalence);
    }
    if (!changes) {
      return UNDECIDED;
    }
    boolean directed = tests.slope() <= level || Math.abs(tests.change()) > tests.bound();
    if (!directed) {
      return new Judgement(Verdict.VARIES, change);
    }
    return switch (HeldOutLaw.of(tests.series(), tests.bound(), level)) {
      case PREDICTS -> new Judgement(Verdict.SCALES, change);
      case MISSES, UNTESTABLE -> new Judgement(Verdict.VARIES, change);
      case UNCLEAR -> new Judgement(Verdict.UNDECIDED, change);
    };
  }
}
