package org.scaleinv.statistics;

/**
 * The Marchenko–Pastur law: the limit of the eigenvalues of WᵀW/N, for W of shape (N, M) with independent entries of
 * mean zero, as N and M grow with M/N = aspect (Marchenko and Pastur, Math. USSR Sb. 1, 1967).
 *
 * @param aspect c = M/N in (0, 1]: shorter side over longer
 * @param variance s² of the entries, positive; the eigenvalues are in its unit
 */
public record MarchenkoPastur(double aspect, double variance) {

  public MarchenkoPastur {
    if (!(aspect > 0 && aspect <= 1) || !(variance > 0 && Double.isFinite(variance))) {
      throw new IllegalArgumentException("aspect " + aspect + ", variance " + variance);
    }
  }

  /** s²(1 − √c)². */
  public double lowerEdge() {
    return variance * square(1 - Math.sqrt(aspect));
  }

  /** s²(1 + √c)². */
  public double upperEdge() {
    return variance * square(1 + Math.sqrt(aspect));
  }

  /** √((b − x)(x − a)) / (2π c s² x) between the edges a and b, 0 elsewhere; infinite at x = 0 where c = 1. */
  public double density(double x) {
    double inside = (upperEdge() - x) * (x - lowerEdge());
    return inside <= 0 && x != 0 ? 0 : Math.sqrt(Math.max(inside, 0)) / (2 * Math.PI * aspect * variance * x);
  }

  /** The share of eigenvalues up to x, in closed form. */
  public double cdf(double x) {
    double a = square(1 - Math.sqrt(aspect));
    double b = square(1 + Math.sqrt(aspect));
    double y = x / variance;
    if (y <= a) {
      return 0;
    }
    if (y >= b) {
      return 1;
    }
    double r = Math.sqrt((b - y) / (y - a));
    double sum = Math.PI * aspect + Math.sqrt((b - y) * (y - a))
        - (1 + aspect) * Math.atan2(r * r - 1, 2 * r)
        + (1 - aspect) * Math.atan2(a * r * r - b, 2 * (1 - aspect) * r);
    return Math.clamp(sum / (2 * Math.PI * aspect), 0, 1);
  }

  /** The x with cdf(x) = p, for p in [0, 1]. At the edges, where the cdf is flat, within 1e-9 of the upper edge. */
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("probability " + p);
    }
    double low = lowerEdge();
    double high = upperEdge();
    double precision = 1e-15 * high;
    while (high - low > precision) {
      double middle = (low + high) / 2;
      if (cdf(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** ∫ x dF(x) up to the given x: the mean is s², of which this is the part below x. */
  double partialMean(double x) {
    double centre = variance * (1 + aspect);
    double radius = 2 * variance * Math.sqrt(aspect);
    double u = Math.clamp((x - centre) / radius, -1, 1);
    double area = (u * Math.sqrt(1 - u * u) + Math.asin(u) + Math.PI / 2) / 2;
    return area * radius * radius / (2 * Math.PI * aspect * variance);
  }

  /**
   * ∫ x^k dF(x) = s^(2k) Σ_{r=0}^{k−1} c^r/(r+1)·C(k, r)·C(k−1, r), the Narayana polynomial in c (Bai and Silverstein,
   * Spectral Analysis of Large Dimensional Random Matrices, Lemma 3.1).
   *
   * @param k order, at least 1
   */
  public double moment(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("moment of order " + k);
    }
    double sum = 0;
    double term = 1;
    for (int r = 0; r < k; r++) {
      sum += term;
      // ratio of successive Narayana numbers: N(r+1)/N(r) = (k−r)(k−1−r)/((r+1)(r+2))
      term *= aspect * (k - r) * (k - 1 - r) / ((r + 1.0) * (r + 2.0));
    }
    return sum * Math.pow(variance, k);
  }

  private static double square(double x) {
    return x * x;
  }
}
