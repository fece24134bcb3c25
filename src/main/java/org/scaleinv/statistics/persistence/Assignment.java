package org.scaleinv.statistics.persistence;

import java.util.Arrays;

/**
 * The cheapest way to give each row a column of its own or leave it alone, by shortest augmenting paths with row and
 * column prices (Jonker and Volgenant, Computing 38, 1987). For one thread, to be solved once.
 */
final class Assignment {
  /** The cost of a pair. */
  @FunctionalInterface
  interface Cost {
    double of(int row, int column);
  }

  private static final int ALONE = -1;
  private static final int FREE = -1;
  private static final int MOST_BIDS = 100;

  private final double[] alone;
  private final Cost cost;
  private final double[] rowPrice;
  private final double[] columnPrice;
  private final int[] columnOf;
  private final int[] rowOf;
  private final boolean[] waits;
  /** Of each column: the reduced cost of the shortest path to it, and the row before it. */
  private final double[] distance;
  private final int[] before;
  /** Columns, those that the search has reached first. */
  private final int[] order;

  /** @param alone (rows) what a row costs without a column */
  Assignment(double[] alone, int columns, Cost cost) {
    this.alone = alone;
    this.cost = cost;
    rowPrice = new double[alone.length];
    columnPrice = new double[columns];
    columnOf = new int[alone.length];
    rowOf = new int[columns];
    waits = new boolean[alone.length];
    distance = new double[columns];
    before = new int[columns];
    order = new int[columns];
    Arrays.fill(rowOf, FREE);
    Arrays.setAll(order, column -> column);
  }

  /** (rows) the column of each row, −1 for none. */
  int[] solve() {
    for (int row = 0; row < alone.length; row++) {
      bid(row);
    }
    for (int row = 0; row < alone.length; row++) {
      if (waits[row]) {
        augment(row);
      }
    }
    return columnOf;
  }

  /**
   * The row takes what is cheapest for it and raises its price to that of its second choice; a row that loses its column
   * so bids next, a bounded number of times (the augmenting row reduction of Jonker and Volgenant). Columns that nobody
   * took keep their price of 0.
   */
  private void bid(int first) {
    int row = first;
    for (int bids = 0; bids < MOST_BIDS && row != FREE; bids++) {
      int best = ALONE;
      double least = alone[row];
      double second = Double.POSITIVE_INFINITY;
      for (int column = 0; column < rowOf.length; column++) {
        double price = cost.of(row, column) - columnPrice[column];
        if (price < least) {
          second = least;
          least = price;
          best = column;
        } else if (price < second) {
          second = price;
        }
      }
      columnOf[row] = best;
      waits[row] = false;
      if (best == ALONE) {
        rowPrice[row] = least;
        return;
      }
      int loser = rowOf[best];
      columnPrice[best] -= second - least;
      rowPrice[row] = cost.of(row, best) - columnPrice[best];
      rowOf[best] = row;
      row = loser;
      if (loser != FREE) {
        waits[loser] = true;
      }
    }
  }

  /** Finds the row a place along the cheapest path of exchanges, and raises prices so that the path costs nothing. */
  private void augment(int start) {
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int reached = 0;
    int row = start;
    double soFar = 0;
    int lastAlone = start;
    double leastAlone = Double.POSITIVE_INFINITY;
    while (true) {
      double ofAlone = soFar + (alone[row] - rowPrice[row]);
      if (ofAlone < leastAlone) {
        leastAlone = ofAlone;
        lastAlone = row;
      }
      int nearest = nearest(row, soFar, reached);
      if (nearest < 0 || leastAlone <= distance[order[nearest]]) {
        raise(start, leastAlone, reached);
        leave(lastAlone, start);
        return;
      }
      int column = order[nearest];
      soFar = distance[column];
      if (rowOf[column] == FREE) {
        raise(start, soFar, reached);
        exchange(column, start);
        return;
      }
      order[nearest] = order[reached];
      order[reached++] = column;
      row = rowOf[column];
    }
  }

  /** Shortens the paths to columns not yet reached by way of the row; the place in the order of the nearest. */
  private int nearest(int row, double soFar, int reached) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    double offset = soFar - rowPrice[row];
    for (int place = reached; place < order.length; place++) {
      int column = order[place];
      double through = offset + (cost.of(row, column) - columnPrice[column]);
      if (through < distance[column]) {
        distance[column] = through;
        before[column] = row;
      }
      if (distance[column] < least) {
        least = distance[column];
        nearest = place;
      }
    }
    return nearest;
  }

  private void raise(int start, double length, int reached) {
    rowPrice[start] += length;
    for (int place = 0; place < reached; place++) {
      int column = order[place];
      double rest = length - distance[column];
      columnPrice[column] -= rest;
      rowPrice[rowOf[column]] += rest;
    }
  }

  /** The row gives up its column and stays alone. */
  private void leave(int row, int start) {
    int given = row == start ? FREE : columnOf[row];
    columnOf[row] = ALONE;
    if (given != FREE) {
      exchange(given, start);
    }
  }

  /** Moves every row of the path that ends at the column one column on. */
  private void exchange(int end, int start) {
    int column = end;
    int row;
    do {
      row = before[column];
      rowOf[column] = row;
      int given = columnOf[row];
      columnOf[row] = column;
      column = given;
    } while (row != start);
  }
}
