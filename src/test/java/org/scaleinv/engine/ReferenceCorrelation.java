package org.scaleinv.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Correlations and pairs by their definitions, in double precision, and how far an engine may be from them. */
final class ReferenceCorrelation {
  private ReferenceCorrelation() {}

  /** Less the mean and divided by the length; of a variable that varies. */
  static double[] standardised(double[] x) {
    double largest = 0;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    int power = -Math.getExponent(largest);
    double[] z = new double[x.length];
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      z[k] = Math.scalb(x[k], power) - Math.scalb(x[0], power);
      sum += z[k];
    }
    double squares = 0;
    for (int k = 0; k < x.length; k++) {
      z[k] -= sum / x.length;
      squares += z[k] * z[k];
    }
    for (int k = 0; k < x.length; k++) {
      z[k] /= Math.sqrt(squares);
    }
    return z;
  }

  /** Of two standardised variables. */
  static double correlation(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return Math.clamp(sum, -1, 1);
  }

  /**
   * Of two standardised variables: each is rounded to single precision, T products are rounded and added. Sums in double
   * precision err by T·2⁻⁵³ of at most twice the length in every sample, here and in the engine; a sample that is too
   * small for single precision loses at most its smallest number, as does a product.
   */
  static double allowed(double[] x, double[] y) {
    double magnitudes = 0;
    for (int k = 0; k < x.length; k++) {
      magnitudes += Math.abs(x[k] * y[k]);
    }
    int t = x.length;
    return ReferenceDistances.gamma(t + 3) * magnitudes
        + 16 * t * Math.sqrt(t) * 0x1p-53
        + 4.0 * (t + 1) * Float.MIN_VALUE;
  }

  /** Best partners as a matrix of correlations (n, n) has them. */
  static BestPartners best(float[] matrix, int n, BitSet among) {
    int[] partners = new int[n];
    float[] correlations = new float[n];
    for (int i = 0; i < n; i++) {
      partners[i] = -1;
      correlations[i] = Float.NaN;
      for (int j = 0; j < n && among.get(i); j++) {
        float value = matrix[i * n + j];
        boolean first = partners[i] < 0 && value == value;
        if (j != i && among.get(j) && (first || value > correlations[i])) {
          partners[i] = j;
          correlations[i] = value;
        }
      }
    }
    return new BestPartners(partners, correlations);
  }

  record Pair(int smaller, int larger, float correlation) {}

  /** Pairs by a sort of all correlations: the largest first, of equal ones by index; then those of what is left. */
  static List<Pair> greedyPairs(float[] matrix, int n) {
    List<Pair> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        // −0 is equal to 0
        all.add(new Pair(i, j, matrix[i * n + j] + 0f));
      }
    }
    // stable: of equal ones the earlier stay first
    all.sort(Comparator.comparing(Pair::correlation).reversed());
    var taken = new BitSet();
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : all) {
      if (!taken.get(pair.smaller) && !taken.get(pair.larger)) {
        taken.set(pair.smaller);
        taken.set(pair.larger);
        pairs.add(pair);
      }
    }
    return pairs;
  }
}
