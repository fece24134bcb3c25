package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The Betti number of one dimension at every length t of the filtration: how many bars have birth ≤ t &lt; death, which
 * is the rank of the homology of the complex that holds the simplices up to t, t among them.
 */
public final class BettiCurve {
  private final double[] births;
  private final double[] deaths;

  public BettiCurve(Barcode bars) {
    births = sorted(bars.births());
    deaths = sorted(bars.deaths());
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  public int at(double t) {
    return Steps.countUpTo(births, t) - Steps.countUpTo(deaths, t);
  }

  /** The integral from 0 to {@code end} of the curve: the lengths of all bars, cut off at the end. */
  public double integral(double end) {
    return integral(t -> Math.min(t, end));
  }

  /**
   * The integral of the curve over another measure of the filtration.
   *
   * @param measure of [0, t), never falling, finite at infinity
   */
  double integral(DoubleUnaryOperator measure) {
    return Arrays.stream(deaths).map(measure).sum() - Arrays.stream(births).map(measure).sum();
  }
}
