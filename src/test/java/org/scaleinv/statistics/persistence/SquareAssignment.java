package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Distances of barcodes as an assignment of every bar of one side and a place on the diagonal for each of the other
 * side to the same of the other, in one square matrix, by the Hungarian method (Kuhn 1955, Munkres 1957).
 */
final class SquareAssignment {
  private SquareAssignment() {}

  static double wasserstein(Barcode first, Barcode second, double degree) {
    return Math.pow(least(costs(first, second, cost -> Math.pow(cost, degree))), 1 / degree);
  }

  /** How many costs above delta no matching can do without. */
  static double costsAbove(Barcode first, Barcode second, double delta) {
    return least(costs(first, second, cost -> cost > delta ? 1 : 0));
  }

  private static double[][] costs(Barcode first, Barcode second, DoubleUnaryOperator of) {
    int one = first.size();
    int other = second.size();
    double[][] costs = new double[one + other][one + other];
    for (int i = 0; i < one + other; i++) {
      for (int j = 0; j < one + other; j++) {
        double cost = i < one && j < other ? Math.max(
            Math.abs(first.birth(i) - second.birth(j)), Math.abs(first.death(i) - second.death(j)))
            : i < one ? (first.death(i) - first.birth(i)) / 2
            : j < other ? (second.death(j) - second.birth(j)) / 2 : 0;
        costs[i][j] = of.applyAsDouble(cost);
      }
    }
    return costs;
  }

  /** Rows and columns from 1; column 0 holds the row that waits. */
  private static double least(double[][] costs) {
    int n = costs.length;
    double[] rowPrice = new double[n + 1];
    double[] columnPrice = new double[n + 1];
    int[] rowOf = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] slack = new double[n + 1];
      Arrays.fill(slack, Double.POSITIVE_INFINITY);
      int[] before = new int[n + 1];
      boolean[] used = new boolean[n + 1];
      do {
        used[column] = true;
        int next = 0;
        double delta = Double.POSITIVE_INFINITY;
        for (int j = 1; j <= n; j++) {
          if (!used[j]) {
            double reduced = costs[rowOf[column] - 1][j - 1] - rowPrice[rowOf[column]] - columnPrice[j];
            if (reduced < slack[j]) {
              slack[j] = reduced;
              before[j] = column;
            }
            if (slack[j] < delta) {
              delta = slack[j];
              next = j;
            }
          }
        }
        for (int j = 0; j <= n; j++) {
          if (used[j]) {
            rowPrice[rowOf[j]] += delta;
            columnPrice[j] -= delta;
          } else {
            slack[j] -= delta;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    double sum = 0;
    for (int j = 1; j <= n; j++) {
      sum += costs[rowOf[j] - 1][j - 1];
    }
    return sum;
  }
}
