package org.scaleinv.statistics;

import java.util.Optional;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Maximum likelihood of a power law with exponential cut-off, p(x) ~ x^(−a)·e^(−L·x/xMin) on x ≥ xMin with L ≥ 0 and
 * any a.
 *
 * <p>An exponential family with statistics ln x and x: the likelihood is concave. For given L the exponent a matches
 * the mean of ln x (Newton, kept in a bracket); what is left falls in L and is solved for the mean of x. Where the
 * power law itself has a mean no larger than the sample's, L = 0 is the maximum.
 */
final class CutOffTail {
  /** A cut-off this far beyond the largest value changes the likelihood by less than its rounding. */
  private static final double WEAKEST = 1e-9;
  /** ln of a cut-off so short that the values differ by rounding alone. */
  private static final double STRONGEST = Math.log(1e15);
  private static final int MOST_STEPS = 100;

  private final TailSample tail;
  private final CutOffIntegrals integrals = new CutOffIntegrals();
  private double exponent;

  private CutOffTail(TailSample tail, double alpha) {
    this.tail = tail;
    this.exponent = alpha;
  }

  /** Empty where no cut-off makes the tail likelier than the power law without, by more than rounding. */
  static Optional<TailLaw.CutOffPowerLaw> fit(TailSample tail) {
    double alpha = 1 + 1 / tail.meanLog();
    if (alpha > 2 && (alpha - 1) / (alpha - 2) <= tail.meanRatio()) {
      return Optional.empty();
    }
    return new CutOffTail(tail, alpha).search();
  }

  private Optional<TailLaw.CutOffPowerLaw> search() {
    double low = Math.log(WEAKEST / tail.largestRatio());
    if (excessMean(low) <= 0) {
      return Optional.empty();
    }
    double high = -Math.log(tail.largestRatio());
    while (excessMean(high) > 0) {
      low = high;
      high += Math.log(8);
      if (high > STRONGEST) {
        return Optional.empty();
      }
    }
    double rate = Math.exp(new BrentSolver(1e-11, 1e-10).solve(200, this::excessMean, low, high));
    matchExponent(rate);
    return Optional.of(new TailLaw.CutOffPowerLaw(exponent, rate, integrals.logNormaliser()));
  }

  /** E[x/xMin] − the sample's, at the likeliest exponent for this cut-off: the slope of the likelihood in L, over n. */
  private double excessMean(double logRate) {
    matchExponent(Math.exp(logRate));
    return integrals.meanRatio() - tail.meanRatio();
  }

  private void matchExponent(double rate) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      integrals.evaluate(exponent, rate);
      double excess = integrals.meanLog() - tail.meanLog();
      if (Math.abs(excess) <= 1e-13 * tail.meanLog()) {
        return;
      }
      if (excess > 0) {
        low = exponent;
      } else {
        high = exponent;
      }
      double next = exponent + excess / integrals.varianceOfLog();
      if (next == exponent) {
        return;
      }
      exponent = next > low && next < high ? next : (low + high) / 2;
    }
  }
}
