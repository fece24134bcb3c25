package org.scaleinv.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Control of the false-discovery rate (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289).
 *
 * <p>Holds for independent tests and for positively dependent ones (Benjamini and Yekutieli 2001).
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The adjusted p values: rejecting all with q ≤ level keeps the expected share of false rejections at the level.
   *
   * @param p values in [0, 1]; NaN stands for a test that could not be made, is not counted, and stays NaN
   */
  public static double[] adjust(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted((a, b) -> Double.compare(p[a], p[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] q = new double[p.length];
    Arrays.fill(q, Double.NaN);
    double smallest = 1;
    for (int rank = order.length; rank >= 1; rank--) {
      int i = order[rank - 1];
      smallest = Math.min(smallest, p[i] * order.length / rank);
      q[i] = smallest;
    }
    return q;
  }
}
