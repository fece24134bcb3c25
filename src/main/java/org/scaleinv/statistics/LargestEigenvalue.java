package org.scaleinv.statistics;

/**
 * Where the largest eigenvalue of WᵀW/N lies when W, of shape (N, M), has independent Gaussian entries:
 * centre + width·T with T of the Tracy–Widom law for real entries (Johnstone, Ann. Statist. 29, 2001, Theorem 1.1).
 *
 * @param centre s²(√(N−1) + √M)²/N
 * @param width s²(√(N−1) + √M)(1/√(N−1) + 1/√M)^(1/3)/N
 */
public record LargestEigenvalue(double centre, double width) {

  /**
   * @param longer N, at least 2
   * @param shorter M, in 1…N
   * @param variance s² of the entries
   */
  public static LargestEigenvalue of(long longer, long shorter, double variance) {
    if (longer < 2 || shorter < 1 || shorter > longer) {
      throw new IllegalArgumentException("sides " + longer + " and " + shorter);
    }
    double n = Math.sqrt(longer - 1.0);
    double m = Math.sqrt(shorter);
    double scale = variance / longer * (n + m);
    return new LargestEigenvalue(scale * (n + m), scale * Math.cbrt(1 / n + 1 / m));
  }

  /** The value that the largest eigenvalue stays below with probability p. */
  public double quantile(double p) {
    return centre + width * TracyWidom.quantile(p);
  }
}
