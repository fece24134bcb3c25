package org.scaleinv.model.nulls;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** A cloud with each coordinate in random order over the points: its distribution stays, what relates it to others goes. */
public final class PermutedCloud {
  private PermutedCloud() {}

  /**
   * @param values (points, coordinates) row-major
   * @param chosen points of the permuted cloud that are wanted
   * @param purpose what the permutation is of; with seed and draw it determines the order
   * @return (chosen, coordinates)
   */
  public static double[] draw(
      double[] values, int points, int coordinates, int chosen, long seed, String purpose, int draw) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, purpose, draw));
    double[] drawn = new double[chosen * coordinates];
    int[] order = new int[points];
    for (int k = 0; k < coordinates; k++) {
      for (int i = 0; i < points; i++) {
        order[i] = i;
      }
      for (int i = 0; i < chosen; i++) {
        int j = i + random.nextInt(points - i);
        int held = order[i];
        order[i] = order[j];
        order[j] = held;
        drawn[i * coordinates + k] = values[order[i] * coordinates + k];
      }
    }
    return drawn;
  }
}
