package org.scaleinv.statistics.persistence;

import java.util.function.DoubleBinaryOperator;

/** Distances of barcodes of a few bars by trying every matching. */
final class AllMatchings {
  private final Barcode first;
  private final Barcode second;
  private final DoubleBinaryOperator together;
  private final boolean[] taken;

  private AllMatchings(Barcode first, Barcode second, DoubleBinaryOperator together) {
    this.first = first;
    this.second = second;
    this.together = together;
    taken = new boolean[second.size()];
  }

  static double bottleneck(Barcode first, Barcode second) {
    return new AllMatchings(first, second, Math::max).least(0, 0);
  }

  static double wasserstein(Barcode first, Barcode second, double degree) {
    return Math.pow(
        new AllMatchings(first, second, (sum, cost) -> sum + Math.pow(cost, degree)).least(0, 0), 1 / degree);
  }

  private double least(int bar, double soFar) {
    if (bar == first.size()) {
      double total = soFar;
      for (int other = 0; other < taken.length; other++) {
        total = taken[other] ? total
            : together.applyAsDouble(total, (second.death(other) - second.birth(other)) / 2);
      }
      return total;
    }
    double least =
        least(bar + 1, together.applyAsDouble(soFar, (first.death(bar) - first.birth(bar)) / 2));
    for (int other = 0; other < taken.length; other++) {
      if (!taken[other]) {
        taken[other] = true;
        double cost = Math.max(
            Math.abs(first.birth(bar) - second.birth(other)), Math.abs(first.death(bar) - second.death(other)));
        least = Math.min(least, least(bar + 1, together.applyAsDouble(soFar, cost)));
        taken[other] = false;
      }
    }
    return least;
  }
}
