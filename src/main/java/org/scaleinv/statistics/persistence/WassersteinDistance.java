package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import org.scaleinv.statistics.Estimate;

/**
 * The Wasserstein distance of degree p of two barcodes: the least (Σ c^p)^(1/p) over all ways to match bars, where two
 * matched bars cost the larger of the differences of their births and deaths, and a bar that is left over costs half its
 * length (Cohen-Steiner, Edelsbrunner, Harer, Mileyko, Found. Comput. Math. 10, 2010). Essential bars are matched with
 * essential ones; where their numbers differ the distance is infinite.
 *
 * <p>Exact but for the rounding of sums of (length)^p, by shortest augmenting paths (Jonker and Volgenant, Computing 38,
 * 1987): O(n²·m) for n ≤ m bars at worst, O(n + m) memory. The diagonal is no set of points: each bar of the smaller side has one place of its own on it, and
 * what the bars of the other side cost when left over is taken off the costs of their columns.
 */
public final class WassersteinDistance {
  /** The most bars that end in one barcode: some seconds at worst. */
  public static final int MOST_BARS = 2048;

  private final double degree;
  private final Barcode rows;
  private final Barcode columns;
  private final double scale;
  private final double[] rowAlone;
  private final double[] columnAlone;

  private WassersteinDistance(Barcode rows, Barcode columns, double degree, double scale) {
    this.degree = degree;
    this.rows = rows;
    this.columns = columns;
    this.scale = scale;
    rowAlone = rows.lengths().map(length -> power(length / 2)).toArray();
    columnAlone = columns.lengths().map(length -> power(length / 2)).toArray();
  }

  /**
   * Not applicable where a barcode has more than {@value #MOST_BARS} bars that end.
   *
   * @param degree p, at least 1 and finite
   */
  public static Estimate<Double> of(Barcode first, Barcode second, double degree) {
    if (!(degree >= 1 && degree < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("degree " + degree);
    }
    Barcode one = first.finite();
    Barcode other = second.finite();
    int most = Math.max(one.size(), other.size());
    if (most > MOST_BARS) {
      return Estimate.notApplicable("%d bars, at most %d can be matched exactly".formatted(most, MOST_BARS));
    }
    double[] shifts = EssentialBars.shifts(first, second);
    double scale = Math.max(
        Arrays.stream(shifts).max().orElse(0),
        Math.max(one.lengths().max().orElse(0), other.lengths().max().orElse(0)));
    if (scale == 0 || scale == Double.POSITIVE_INFINITY) {
      return Estimate.of(scale);
    }
    boolean swap = one.size() > other.size();
    var problem = new WassersteinDistance(swap ? other : one, swap ? one : other, degree, scale);
    double essential = Arrays.stream(shifts).map(problem::power).sum();
    return Estimate.of(scale * Math.pow(essential + problem.leastCost(), 1 / degree));
  }

  /** (difference / scale)^p. */
  private double power(double difference) {
    double x = difference / scale;
    return degree == 1 ? x : degree == 2 ? x * x : Math.pow(x, degree);
  }

  private double matched(int row, int column) {
    return power(
        Math.max(
            Math.abs(rows.birth(row) - columns.birth(column)), Math.abs(rows.death(row) - columns.death(column))));
  }

  private double leastCost() {
    int[] columnOf = new Assignment(rowAlone, columns.size(), this::excess).solve();
    boolean[] taken = new boolean[columns.size()];
    double cost = 0;
    for (int row = 0; row < columnOf.length; row++) {
      int column = columnOf[row];
      cost += column < 0 ? rowAlone[row] : matched(row, column);
      if (column >= 0) {
        taken[column] = true;
      }
    }
    for (int column = 0; column < taken.length; column++) {
      cost += taken[column] ? 0 : columnAlone[column];
    }
    return cost;
  }

  /** What matching the two costs more than leaving the column over. */
  private double excess(int row, int column) {
    return matched(row, column) - columnAlone[column];
  }
}
