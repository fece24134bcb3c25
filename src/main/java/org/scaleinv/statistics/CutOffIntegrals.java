package org.scaleinv.statistics;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Integrals of e^g(y), g(y) = (1 − a)y − L·e^y, over y ≥ 0: the normaliser and the means of a power law with
 * exponential cut-off in y = ln(x/xMin). The normaliser is an incomplete gamma function of any real order.
 *
 * <p>g is concave, so e^g has one peak; Gauss–Legendre panels cover the stretch where it exceeds e^−40 of its peak.
 *
 * <p>Not thread-safe: holds the last result.
 */
final class CutOffIntegrals {
  private static final int PANELS = 8;
  private static final int ORDER = 12;
  private static final double DEPTH = 40;
  private static final double[] NODES = new double[ORDER];
  private static final double[] WEIGHTS = new double[ORDER];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(ORDER);
    for (int i = 0; i < ORDER; i++) {
      NODES[i] = (1 + rule.getPoint(i)) / 2;
      WEIGHTS[i] = rule.getWeight(i) / 2;
    }
  }

  private double slope;
  private double rate;
  private double logNormaliser;
  private double meanLog;
  private double varianceOfLog;
  private double meanRatio;

  void evaluate(double exponent, double rate) {
    this.slope = 1 - exponent;
    this.rate = rate;
    double peak = slope > rate ? Math.log(slope / rate) : 0;
    double top = exponentAt(peak);
    double high = peak + reach(peak, top, 1, Double.POSITIVE_INFINITY);
    double low = peak - reach(peak, top, -1, peak);
    integrate(low, (high - low) / PANELS, top);
  }

  private void integrate(double low, double panel, double top) {
    double mass = 0;
    double first = 0;
    double second = 0;
    double ratio = 0;
    for (int p = 0; p < PANELS; p++) {
      for (int i = 0; i < ORDER; i++) {
        double y = low + panel * (p + NODES[i]);
        double t = Math.exp(y);
        double weight = WEIGHTS[i] * Math.exp(slope * y - rate * t - top);
        mass += weight;
        first += weight * y;
        second += weight * y * y;
        ratio += weight * t;
      }
    }
    logNormaliser = Math.log(mass * panel) + top;
    meanLog = first / mass;
    varianceOfLog = second / mass - meanLog * meanLog;
    meanRatio = ratio / mass;
  }

  /** How far from the peak, in this direction, the exponent has fallen by DEPTH; at most {@code limit}. */
  private double reach(double peak, double top, int direction, double limit) {
    double near = 0;
    double far = Math.min(limit, 1);
    while (far < limit && exponentAt(peak + direction * far) > top - DEPTH) {
      near = far;
      far = Math.min(limit, 2 * far);
    }
    for (int i = 0; i < 40 && far - near > 0.05 * far; i++) {
      double middle = (near + far) / 2;
      if (exponentAt(peak + direction * middle) > top - DEPTH) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return far;
  }

  private double exponentAt(double y) {
    return slope * y - rate * Math.exp(y);
  }

  /** ln ∫ e^g. */
  double logNormaliser() {
    return logNormaliser;
  }

  double meanLog() {
    return meanLog;
  }

  double varianceOfLog() {
    return varianceOfLog;
  }

  /** Mean of e^y. */
  double meanRatio() {
    return meanRatio;
  }
}
