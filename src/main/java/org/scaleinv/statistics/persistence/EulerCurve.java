package org.scaleinv.statistics.persistence;

import java.util.List;

/**
 * The Euler characteristic χ(t) = Σ (−1)^k β_k(t) of the complex at every length t of the filtration, truncated after
 * the dimensions that are given. Cut off there it is not the alternating count of simplices, which knows all dimensions.
 */
public final class EulerCurve {
  private final List<BettiCurve> curves;

  /** @param barcodes of dimensions 0, 1, … */
  public EulerCurve(List<Barcode> barcodes) {
    curves = barcodes.stream().map(BettiCurve::new).toList();
  }

  /** The highest dimension that is counted. */
  public int dimension() {
    return curves.size() - 1;
  }

  public int at(double t) {
    int sum = 0;
    for (int k = 0; k < curves.size(); k++) {
      sum += sign(k) * curves.get(k).at(t);
    }
    return sum;
  }

  /** The integral of χ from 0 to {@code end}. */
  public double integral(double end) {
    double sum = 0;
    for (int k = 0; k < curves.size(); k++) {
      sum += sign(k) * curves.get(k).integral(end);
    }
    return sum;
  }

  /**
   * The mean of χ over the lengths of all pairs: the integral over the density of edges (Giusti, Pastalkova, Curto,
   * Itskov, PNAS 112, 2015). Only the order of the lengths matters, so that no change of the metric that keeps the order
   * changes it.
   *
   * @param lengths of all pairs, ascending, in the unit of the bars; at least one
   */
  public double meanOver(double[] lengths) {
    double sum = 0;
    for (int k = 0; k < curves.size(); k++) {
      sum += sign(k) * curves.get(k).integral(t -> Steps.countBelow(lengths, t));
    }
    return sum / lengths.length;
  }

  private static int sign(int dimension) {
    return dimension % 2 == 0 ? 1 : -1;
  }
}
