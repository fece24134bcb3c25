package org.scaleinv.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/** Tails and quantiles of Student's t distribution. Stateless; any thread may call. */
public final class StudentT {
  private StudentT() {}

  /**
   * P(T &gt; t).
   *
   * @param degreesOfFreedom greater than 0
   */
  public static double upperTail(double t, double degreesOfFreedom) {
    if (Double.isInfinite(t)) {
      return t > 0 ? 0 : 1;
    }
    // without a generator: the default one costs more than the tail
    return new TDistribution(null, degreesOfFreedom).cumulativeProbability(-t);
  }

  /** The t with P(T ≤ t) = p, for 0 &lt; p &lt; 1. */
  public static double quantile(double p, double degreesOfFreedom) {
    return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability(p);
  }

  /** estimate / error with the limits that a vanishing error has: ±∞, and 0 for 0/0. */
  static double ratio(double estimate, double error) {
    return estimate == 0 ? 0 : estimate / error;
  }
}
