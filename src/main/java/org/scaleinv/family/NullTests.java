package org.scaleinv.family;

import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.statistics.LinearFit;
import org.scaleinv.statistics.TwoOneSidedTests;

/**
 * How the values stand to those of the null model, from the transformed ratios. NaN stands for a test that could not be
 * made.
 *
 * @param trivial p of "at the smallest or at the largest scale the fitted ratio leaves the tolerance of 1"
 * @param beyondNull p of "the ratio changes, or its mean over the scales lies within the tolerance of 1"
 */
record NullTests(double trivial, double beyondNull) {

  /** Both are intersection–union tests (Berger 1982): each part at the full level, the largest p counts. */
  static NullTests of(ChangeTests change) {
    LinearFit fit = change.fit();
    if (!fit.hasError()) {
      return new NullTests(Double.NaN, Double.NaN);
    }
    double[] x = change.series().x();
    double outside =
        TwoOneSidedTests.outside(fit.yMean(), fit.errorAt(fit.xMean()), fit.degreesOfFreedom(), change.bound());
    return new NullTests(
        Math.max(within(fit, x[0], change.bound()), within(fit, x[x.length - 1], change.bound())),
        Math.max(change.equivalence(), outside));
  }

  private static double within(LinearFit fit, double x, double bound) {
    return TwoOneSidedTests.within(fit.at(x), fit.errorAt(x), fit.degreesOfFreedom(), bound);
  }

  /** @param trivial and beyondNull q values of the tests of the same names */
  static NullRelation relation(double trivial, double beyondNull, double level) {
    if (trivial <= level) {
      return NullRelation.TRIVIAL;
    }
    return beyondNull <= level ? NullRelation.BEYOND_NULL : NullRelation.UNDECIDED;
  }
}
