package org.scaleinv.statistics.dimension;

import java.util.Arrays;

/**
 * The distances between the points of one cloud. Immutable by agreement: nobody writes into the matrix.
 *
 * @param points n
 * @param matrix (n, n) row-major, symmetric, 0 on the diagonal, ≥ 0 and finite
 */
public record PairDistances(int points, float[] matrix) {
  public PairDistances {
    if (matrix.length != (long) points * points) {
      throw new IllegalArgumentException(points + " points, " + matrix.length + " distances");
    }
    for (int i = 0; i < matrix.length; i++) {
      if (!(matrix[i] >= 0 && matrix[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "distance of points " + i / points + " and " + i % points + " is " + matrix[i]);
      }
    }
  }

  public float at(int i, int j) {
    return matrix[i * points + j];
  }

  public long pairs() {
    return points * (points - 1L) / 2;
  }

  /** The n(n − 1)/2 distances, ascending. */
  public double[] ascending() {
    double[] values = new double[Math.toIntExact(pairs())];
    int count = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        values[count++] = at(i, j);
      }
    }
    Arrays.sort(values);
    return values;
  }

  /**
   * The shortest length that at least a share p of the pairs does not exceed: one of the distances, so that equal clouds
   * in different units are cut at the same pair.
   *
   * @param ascending as {@link #ascending} gives them, in any unit; at least one
   * @param p in (0, 1]
   */
  public static double quantile(double[] ascending, double p) {
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile " + p);
    }
    return ascending[(int) Math.ceil(p * ascending.length) - 1];
  }

  /** The distances of some of the points, in their order. */
  public PairDistances of(int[] chosen) {
    float[] part = new float[chosen.length * chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j < chosen.length; j++) {
        part[i * chosen.length + j] = at(chosen[i], chosen[j]);
      }
    }
    return new PairDistances(chosen.length, part);
  }
}
