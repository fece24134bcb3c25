package org.scaleinv.statistics.dimension;

import java.util.Arrays;

/** The shortest tree that joins all points; its edges are the deaths of dimension 0 of a Vietoris–Rips filtration. */
final class MinimumSpanningTree {
  private MinimumSpanningTree() {}

  /** The sum of its edges by Prim's algorithm (1957), O(n²). */
  static double length(PairDistances distances, int[] points) {
    double[] toTree = new double[points.length];
    Arrays.fill(toTree, Double.POSITIVE_INFINITY);
    boolean[] joined = new boolean[points.length];
    double length = 0;
    int last = 0;
    for (int size = 1; size < points.length; size++) {
      joined[last] = true;
      int nearest = -1;
      for (int i = 0; i < points.length; i++) {
        if (!joined[i]) {
          toTree[i] = Math.min(toTree[i], distances.at(points[last], points[i]));
          if (nearest < 0 || toTree[i] < toTree[nearest]) {
            nearest = i;
          }
        }
      }
      length += toTree[nearest];
      last = nearest;
    }
    return length;
  }
}
