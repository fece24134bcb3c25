package org.scaleinv.engine.cuda;

import java.util.Arrays;

/** Completes orthonormal rows to a basis: what singular vectors of values that are 0 may be. */
final class OrthonormalRows {
  private OrthonormalRows() {}

  /**
   * Replaces the rows from {@code rank} on. Each is the unit vector that lies farthest from the rows before, without
   * its part along them, taken away twice (Giraud, Langou, Rozložník 2005). What is left is never short: its square is
   * (order − row)/order at least.
   *
   * @param square (order, order), its first {@code rank} rows orthonormal
   */
  static void complete(double[] square, int order, int rank) {
    double[] along = new double[order];
    for (int row = 0; row < order; row++) {
      if (row >= rank) {
        Arrays.fill(square, row * order, (row + 1) * order, 0);
        square[row * order + smallest(along)] = 1;
        for (int turn = 0; turn < 2; turn++) {
          orthogonalise(square, order, row);
        }
      }
      for (int i = 0; i < order; i++) {
        along[i] += square[row * order + i] * square[row * order + i];
      }
    }
  }

  /** Takes the parts along all rows before away, one after the other, and makes the length 1. */
  private static void orthogonalise(double[] square, int order, int row) {
    for (int before = 0; before < row; before++) {
      add(square, order, row, before, -dot(square, order, row, before));
    }
    double length = Math.sqrt(dot(square, order, row, row));
    for (int i = row * order; i < (row + 1) * order; i++) {
      square[i] /= length;
    }
  }

  private static double dot(double[] square, int order, int row, int other) {
    double sum = 0;
    for (int i = 0; i < order; i++) {
      sum += square[row * order + i] * square[other * order + i];
    }
    return sum;
  }

  private static void add(double[] square, int order, int row, int other, double factor) {
    for (int i = 0; i < order; i++) {
      square[row * order + i] += factor * square[other * order + i];
    }
  }

  private static int smallest(double[] values) {
    int place = 0;
    for (int i = 1; i < values.length; i++) {
      place = values[i] < values[place] ? i : place;
    }
    return place;
  }
}
