package org.scaleinv.statistics;

/**
 * Is an effect smaller than a bound, or larger? Tests about |effect| from an estimate whose error follows Student's t.
 *
 * <p>Equivalence is shown by two one-sided tests (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15, 657): both
 * "effect ≥ bound" and "effect ≤ −bound" have to be rejected, each at the full level.
 */
public final class TwoOneSidedTests {
  private TwoOneSidedTests() {}

  /** p of "|effect| ≥ bound": small when the effect is shown to lie within ±bound. */
  public static double within(double estimate, double error, double degreesOfFreedom, double bound) {
    return StudentT.upperTail(StudentT.ratio(bound - Math.abs(estimate), error), degreesOfFreedom);
  }

  /**
   * p of "|effect| ≤ bound": small when the effect is shown to lie outside ±bound. Exact at effect = ±bound; with
   * bound 0 it is the two-sided test of "effect = 0".
   */
  public static double outside(double estimate, double error, double degreesOfFreedom, double bound) {
    double size = Math.abs(estimate);
    double near = StudentT.upperTail(StudentT.ratio(size - bound, error), degreesOfFreedom);
    double far = bound == 0 ? near : StudentT.upperTail(StudentT.ratio(size + bound, error), degreesOfFreedom);
    return Math.min(1, near + far);
  }
}
