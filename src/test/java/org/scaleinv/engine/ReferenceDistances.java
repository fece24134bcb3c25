package org.scaleinv.engine;

/**
 * Distances in double precision, term by term, and how far an engine that keeps to {@link Distances} may be from them.
 *
 * <p>With u = 2⁻²⁴ and γ(k) = k·u / (1 − k·u), a single-precision sum of k products errs by at most γ(k) of the sum of
 * their magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, 2002, eq. 3.5). Hence
 *
 * <ul>
 *   <li>from ‖x‖² + ‖y‖² − 2·x·y: 2·γ(d + 4)·(‖x‖² + ‖y‖²) in d²,
 *   <li>from differences: γ(d + 3) relative in d² or Σ|xᵢ − yᵢ|, u in the largest difference.
 * </ul>
 */
final class ReferenceDistances {
  private static final double UNIT = 0x1p-24;

  /** Where {@link Distances} changes from the one to the other. */
  private static final double NEAR = 1e-3;

  private ReferenceDistances() {}

  static double distance(Metric metric, double[] x, double[] y) {
    return switch (metric) {
      case EUCLIDEAN -> Math.sqrt(squared(x, y));
      case SQUARED_EUCLIDEAN -> squared(x, y);
      case COSINE -> squared(unit(x), unit(y)) / 2;
      case CORRELATION -> squared(unit(centred(x)), unit(centred(y))) / 2;
      case MANHATTAN -> {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
          sum += Math.abs(x[i] - y[i]);
        }
        yield sum;
      }
      case CHEBYSHEV -> {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
          largest = Math.max(largest, Math.abs(x[i] - y[i]));
        }
        yield largest;
      }
    };
  }

  /** The largest error of a correct engine where {@link #distance} is {@code distance}. */
  static double allowed(Metric metric, double distance, double[] x, double[] y) {
    int d = x.length;
    return switch (metric) {
      case SQUARED_EUCLIDEAN -> allowedSquare(d, distance, squares(x) + squares(y));
      // |√a − √b| = |a − b| / (√a + √b) ≤ |a − b| / √b, and the root's own rounding
      case EUCLIDEAN -> distance == 0
          ? 0
          : allowedSquare(d, distance * distance, squares(x) + squares(y)) / distance + 2 * UNIT * distance;
      case COSINE -> allowedAngle(d, distance, 0);
      case CORRELATION -> allowedAngle(d, distance, Math.max(centringError(x), centringError(y)));
      case MANHATTAN -> gamma(d + 3) * distance + underflow(d);
      case CHEBYSHEV -> 2 * UNIT * distance;
    };
  }

  private static double allowedSquare(int d, double square, double norms) {
    double expanded = 2 * gamma(d + 4) * norms;
    double differences = gamma(d + 3) * square;
    if (square >= NEAR * norms + expanded) {
      return expanded + underflow(d);
    }
    // between the two an engine may take either
    double near = square < NEAR * norms - expanded ? differences : Math.max(expanded, differences);
    return near + underflow(d);
  }

  /**
   * Of half the square between unit vectors. Each has components that are rounded (an error vector e of length at most
   * 3u + what centring left), and a length that errs by γ(d + 4), which enters by its square only: (a − b)·a = |a − b|²/2.
   */
  private static double allowedAngle(int d, double distance, double centring) {
    double vector = 3 * UNIT + centring;
    double length = gamma(d + 4);
    double rounding = Math.sqrt(2 * distance) * 2 * vector + 2 * vector * vector + length * length + length * distance;
    return rounding + allowedSquare(d, 2 * distance, 2) / 2;
  }

  /** Error of x − mean in units of its length, the mean summed in single precision. */
  private static double centringError(double[] x) {
    double magnitudes = 0;
    for (double value : x) {
      magnitudes += Math.abs(value);
    }
    double mean = gamma(x.length + 1) * magnitudes / x.length;
    return (mean + UNIT * magnitudes / x.length) * Math.sqrt(x.length) / Math.sqrt(squares(centred(x)));
  }

  /** Products that underflow lose at most half of the smallest float each; twice for the norms and x·y. */
  private static double underflow(int d) {
    return 4.0 * (d + 1) * Float.MIN_VALUE;
  }

  static double gamma(int terms) {
    return terms * UNIT / (1 - terms * UNIT);
  }

  private static double squares(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return sum;
  }

  private static double squared(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return sum;
  }

  private static double[] unit(double[] x) {
    double norm = Math.sqrt(squares(x));
    double[] unit = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      unit[i] = x[i] / norm;
    }
    return unit;
  }

  /** Shifted by the first coordinate, so that a constant point is exactly zero. */
  private static double[] centred(double[] x) {
    double[] centred = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      centred[i] = x[i] - x[0];
      sum += centred[i];
    }
    for (int i = 0; i < x.length; i++) {
      centred[i] -= sum / x.length;
    }
    return centred;
  }
}
