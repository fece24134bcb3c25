package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Matching the bars that never end: the first born with the first born, which is best for every degree. */
final class EssentialBars {
  private EssentialBars() {}

  /** The differences of matched births; one infinite number where the barcodes have unequally many. */
  static double[] shifts(Barcode first, Barcode second) {
    double[] one = births(first);
    double[] other = births(second);
    return one.length != other.length ? new double[] {Double.POSITIVE_INFINITY}
        : IntStream.range(0, one.length).mapToDouble(i -> Math.abs(one[i] - other[i])).toArray();
  }

  private static double[] births(Barcode bars) {
    double[] births = IntStream.range(0, bars.size()).filter(bars::isEssential).mapToDouble(bars::birth).toArray();
    Arrays.sort(births);
    return births;
  }
}
