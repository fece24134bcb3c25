package org.scaleinv.statistics;

import java.util.Optional;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Erf;

/**
 * Maximum likelihood of a log-normal law truncated at xMin.
 *
 * <p>y = ln(x/xMin) is then a normal law truncated to y ≥ 0, an exponential family with statistics y and y², so the
 * likelihood has one maximum: where both means match. With h = mean/deviation and r(h) = φ(h)/Φ(h), E[y] = A·deviation
 * and E[y²] = (1 + hA)·deviation² with A = h + r(h); (1 + hA)/A² falls from 2 to 1 as h rises, and gives h. As
 * h → −∞ the law becomes the power law; a sample with mean(y²) ≥ 2·mean(y)² has its maximum there (del Castillo and
 * Puig, J. Amer. Statist. Assoc. 94, 1999).
 */
final class LogNormalTail {
  /** Below −h = 4 the difference h + r(h) would lose digits; the continued fraction gives it without one. */
  private static final double FAR = 4;
  private static final int DEPTH = 120;
  private static final double FARTHEST = 1e4;
  private static final double NARROWEST = 1e6;

  private LogNormalTail() {}

  /** Empty where no log-normal law is likelier than the power law. */
  static Optional<TailLaw.LogNormal> fit(TailSample tail) {
    double ratio = tail.meanSquaredLog() / (tail.meanLog() * tail.meanLog());
    if (ratio >= momentRatio(-FARTHEST)) {
      return Optional.empty();
    }
    double height = new BrentSolver(1e-13, 1e-12).solve(200, h -> momentRatio(h) - ratio, -FARTHEST, NARROWEST, 0);
    double excess = excess(height);
    return Optional.of(new TailLaw.LogNormal(height, tail.meanLog() / excess, Math.log(excess - height)));
  }

  /** E[y²]/E[y]². */
  private static double momentRatio(double h) {
    double excess = excess(h);
    if (h < -FAR) {
      double g = -h;
      return 2 / (g + continued(g, 3)) / excess;
    }
    return (1 + h * excess) / (excess * excess);
  }

  /** h + φ(h)/Φ(h), the mean of y in units of the deviation. */
  private static double excess(double h) {
    if (h < -FAR) {
      return 1 / (-h + continued(-h, 2));
    }
    double density = Math.exp(-h * h / 2) / Math.sqrt(2 * Math.PI);
    return h + density / (Erf.erfc(-h / Math.sqrt(2)) / 2);
  }

  /** k/(g + (k+1)/(g + …)), the tail of Laplace's continued fraction for Mills' ratio. */
  private static double continued(double g, int k) {
    double value = 0;
    for (int i = k + DEPTH; i >= k; i--) {
      value = i / (g + value);
    }
    return value;
  }
}
