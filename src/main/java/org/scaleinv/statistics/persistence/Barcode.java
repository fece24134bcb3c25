package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The bars of one dimension of homology: a class lives on [birth, death). Immutable by agreement: nobody writes into the
 * arrays.
 *
 * <p>A bar that never ends is <em>essential</em>. Up to the enclosing radius a Vietoris–Rips filtration has one, the
 * connected component of dimension 0. Essential bars count in Betti numbers and are left out of everything that needs a
 * length: an end put there by the threshold would make the threshold part of the result.
 *
 * @param births (bars), finite
 * @param deaths (bars), each at least its birth; infinite for an essential class
 */
public record Barcode(double[] births, double[] deaths) {
  public Barcode {
    if (births.length != deaths.length) {
      throw new IllegalArgumentException(births.length + " births, " + deaths.length + " deaths");
    }
    for (int i = 0; i < births.length; i++) {
      if (!Double.isFinite(births[i]) || !(deaths[i] >= births[i])) {
        throw new IllegalArgumentException("bar " + i + " from " + births[i] + " to " + deaths[i]);
      }
    }
  }

  /**
   * A diagram in another unit of length.
   *
   * @param unit positive and finite: births and deaths are divided by it
   */
  public static Barcode of(float[] births, float[] deaths, double unit) {
    if (!(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("unit " + unit);
    }
    return new Barcode(divided(births, unit), divided(deaths, unit));
  }

  private static double[] divided(float[] values, double unit) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] / unit).toArray();
  }

  public int size() {
    return births.length;
  }

  public double birth(int bar) {
    return births[bar];
  }

  public double death(int bar) {
    return deaths[bar];
  }

  public boolean isEssential(int bar) {
    return deaths[bar] == Double.POSITIVE_INFINITY;
  }

  /** How many bars never end. */
  public int essential() {
    return (int) IntStream.range(0, size()).filter(this::isEssential).count();
  }

  /** The bars that end and have a length, in their order. */
  public Barcode finite() {
    int[] kept = IntStream.range(0, size()).filter(i -> !isEssential(i) && deaths[i] > births[i]).toArray();
    return new Barcode(
        Arrays.stream(kept).mapToDouble(i -> births[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> deaths[i]).toArray());
  }

  /** death − birth of the bars that end and have a length. */
  public DoubleStream lengths() {
    return IntStream.range(0, size()).filter(i -> !isEssential(i) && deaths[i] > births[i])
        .mapToDouble(i -> deaths[i] - births[i]);
  }
}
