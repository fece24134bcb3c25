package org.scaleinv.statistics.persistence;

/** Counting in ascending numbers. */
final class Steps {
  private Steps() {}

  static int countUpTo(double[] ascending, double t) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= t) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static int countBelow(double[] ascending, double t) {
    return countUpTo(ascending, Math.nextDown(t));
  }
}
