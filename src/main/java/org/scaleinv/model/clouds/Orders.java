package org.scaleinv.model.clouds;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.scaleinv.model.nulls.Seeds;

/** Seeded random orders. */
public final class Orders {
  private Orders() {}

  /** 0 … count − 1. */
  static int[] all(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /**
   * The first {@code count} of the numbers 0 … {@code of} − 1 in random order (Fisher and Yates): all of them are equally
   * likely, and no number comes twice.
   *
   * @param purpose what is drawn; with the seed and the numbers it determines the order
   */
  public static int[] draw(int count, int of, long seed, String purpose, long... numbers) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, purpose, numbers));
    int[] all = all(of);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(of - i);
      int held = all[i];
      all[i] = all[j];
      all[j] = held;
    }
    return Arrays.copyOf(all, count);
  }
}
