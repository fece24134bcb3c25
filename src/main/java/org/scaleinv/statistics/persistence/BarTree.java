package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finite bars as points (birth, death) in a balanced k-d tree (Bentley, Commun. ACM 18, 1975) that hands out each bar
 * once. The middle of a range of the order is its root; its two halves are the subtrees. For one thread.
 */
final class BarTree {
  private final double[] births;
  private final double[] deaths;
  /** (bars, 4) least and greatest birth, least and greatest death of the subtree of each place. */
  private final double[] boxes;
  private final int[] left;
  private final boolean[] taken;

  BarTree(Barcode bars) {
    Integer[] order = IntStream.range(0, bars.size()).boxed().toArray(Integer[]::new);
    sort(order, bars, 0, order.length, true);
    births = Arrays.stream(order).mapToDouble(bars::birth).toArray();
    deaths = Arrays.stream(order).mapToDouble(bars::death).toArray();
    boxes = new double[4 * order.length];
    left = new int[order.length];
    taken = new boolean[order.length];
    box(0, order.length);
    remember();
  }

  private static void sort(Integer[] order, Barcode bars, int from, int to, boolean byBirth) {
    if (to - from > 1) {
      Arrays.sort(order, from, to, Comparator.comparingDouble(byBirth ? bars::birth : bars::death));
      int middle = (from + to) >>> 1;
      sort(order, bars, from, middle, !byBirth);
      sort(order, bars, middle + 1, to, !byBirth);
    }
  }

  private void box(int from, int to) {
    if (from == to) {
      return;
    }
    int root = (from + to) >>> 1;
    box(from, root);
    box(root + 1, to);
    double[] box = {births[root], births[root], deaths[root], deaths[root]};
    widen(box, from, root);
    widen(box, root + 1, to);
    System.arraycopy(box, 0, boxes, 4 * root, 4);
  }

  private void widen(double[] box, int from, int to) {
    if (from < to) {
      int root = 4 * ((from + to) >>> 1);
      box[0] = Math.min(box[0], boxes[root]);
      box[1] = Math.max(box[1], boxes[root + 1]);
      box[2] = Math.min(box[2], boxes[root + 2]);
      box[3] = Math.max(box[3], boxes[root + 3]);
    }
  }

  int size() {
    return births.length;
  }

  /** The bars are numbered in the order of the tree. */
  double birth(int bar) {
    return births[bar];
  }

  double death(int bar) {
    return deaths[bar];
  }

  /** What leaving the bar over costs. */
  double half(int bar) {
    return (deaths[bar] - births[bar]) / 2;
  }

  /** The largest half length that is at most delta; 0 where there is none. */
  double longestHalf(double delta) {
    return IntStream.range(0, size()).mapToDouble(this::half).filter(half -> half <= delta).max().orElse(0);
  }

  /** What matching the bar with (birth, death) costs. */
  double difference(int bar, double birth, double death) {
    return Math.max(Math.abs(births[bar] - birth), Math.abs(deaths[bar] - death));
  }

  /** Puts back all that were taken. */
  void remember() {
    Arrays.fill(taken, false);
    count(0, size());
  }

  private int count(int from, int to) {
    if (from == to) {
      return 0;
    }
    int root = (from + to) >>> 1;
    left[root] = 1 + count(from, root) + count(root + 1, to);
    return left[root];
  }

  /** Takes a bar whose difference from (birth, death) is at most delta; −1 where none is left. */
  int take(double birth, double death, double delta) {
    return take(0, size(), birth, death, delta);
  }

  private int take(int from, int to, double birth, double death, double delta) {
    int root = (from + to) >>> 1;
    if (from == to || left[root] == 0 || isFar(root, birth, death, delta)) {
      return -1;
    }
    int found = -1;
    if (!taken[root] && difference(root, birth, death) <= delta) {
      taken[root] = true;
      found = root;
    }
    if (found < 0) {
      found = take(from, root, birth, death, delta);
    }
    if (found < 0) {
      found = take(root + 1, to, birth, death, delta);
    }
    if (found >= 0) {
      left[root]--;
    }
    return found;
  }

  /** Compares differences in the way that {@link #difference} does, so that rounding hides no bar. */
  private boolean isFar(int root, double birth, double death, double delta) {
    int box = 4 * root;
    return boxes[box] - birth > delta || birth - boxes[box + 1] > delta || boxes[box + 2] - death > delta
        || death - boxes[box + 3] > delta;
  }
}
