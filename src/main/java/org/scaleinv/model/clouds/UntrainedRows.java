package org.scaleinv.model.clouds;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Rows of an embedding table that no token of the training text ever touched.
 *
 * <p>All such rows get the same updates: none, decay alone, or, where the table is the output matrix too, the common push
 * away from every context. What differs between them is what they began with. They form a clump: a small sphere of
 * isotropic noise about one centre, apart from the rows that were trained. (Land and Bartolo, EMNLP 2024, use the same
 * signature about known unused tokens; here nothing is known beforehand.)
 *
 * <p>The rule. The row with the nearest {@value #NEIGHBOURS}-th neighbour and those neighbours are the seed of a clump;
 * rows within {@value #REACH} times the median distance of its members from their mean are its members, until that
 * settles. It is a clump of untrained rows if it has at least {@value #FEWEST} members; if their distances from the mean
 * scatter by at most {@value #SCATTER} of it, as isotropic noise of 8 dimensions or more does; and if the other rows lie
 * farther out, by {@value #APART} times in the median. Then all rows nearer to the centre than the geometric mean of the
 * two medians belong to it: rows that were touched a few times lie about it. Where these are more than {@value #FRINGE}
 * of the members, there is no edge, and the clump is none. Rows that are zero are untrained as well.
 *
 * @param members of the table that was given
 * @param clumped how many belong to the clump; the others are zero
 * @param radius median distance of the clump's members from its centre; 0 without one
 * @param apart median distance of the other rows from the centre; 0 without a clump
 */
public record UntrainedRows(BitSet members, int clumped, double radius, double apart) {
  static final int NEIGHBOURS = 8;
  static final int FEWEST = 9;
  static final double REACH = 1.5;
  static final double SCATTER = 0.25;
  static final double APART = 3;
  /** Measured: up to 0.38 in a real encoder; 1.07 and more about the middle of Gaussian clouds of 2 to 6 dimensions. */
  static final double FRINGE = 0.6;

  private static final int MOST_ROUNDS = 50;

  /**
   * @param table rows of an embedding table, or a sample of them
   * @param distances (points, points) between the rows, in any unit
   */
  static UntrainedRows of(PointCloud table, float[] distances) {
    BitSet zero = new BitSet();
    IntStream.range(0, table.points()).filter(row -> isZero(table, row)).forEach(zero::set);
    if (table.points() <= NEIGHBOURS) {
      return new UntrainedRows(zero, 0, 0, 0);
    }
    BitSet members = seed(table.points(), distances);
    double[] fromCentre = fromCentre(table, members);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double reach = REACH * median(fromCentre, members);
      BitSet next = within(fromCentre, reach);
      if (next.equals(members) || next.cardinality() < FEWEST) {
        break;
      }
      members = next;
      fromCentre = fromCentre(table, members);
    }
    return isSphere(fromCentre, members) ? clump(fromCentre, members, zero) : new UntrainedRows(zero, 0, 0, 0);
  }

  private static UntrainedRows clump(double[] fromCentre, BitSet core, BitSet zero) {
    double radius = median(fromCentre, core);
    double apart = median(fromCentre, others(core, fromCentre.length));
    BitSet members = within(fromCentre, Math.sqrt(radius * apart));
    members.or(core);
    int clumped = members.cardinality();
    if (clumped - core.cardinality() > FRINGE * core.cardinality()) {
      return new UntrainedRows(zero, 0, 0, 0);
    }
    members.or(zero);
    return new UntrainedRows(members, clumped, radius, apart);
  }

  private static boolean isSphere(double[] fromCentre, BitSet members) {
    BitSet others = others(members, fromCentre.length);
    if (members.cardinality() < FEWEST || others.isEmpty()) {
      return false;
    }
    double radius = median(fromCentre, members);
    return median(fromCentre, others) >= APART * radius && scatter(fromCentre, members) <= SCATTER * radius;
  }

  /** The row whose neighbours lie nearest, with them. */
  private static BitSet seed(int points, float[] distances) {
    int densest = 0;
    float nearest = Float.POSITIVE_INFINITY;
    for (int i = 0; i < points; i++) {
      float reach = neighbourDistance(distances, points, i);
      if (reach < nearest) {
        nearest = reach;
        densest = i;
      }
    }
    BitSet members = new BitSet();
    for (int j = 0; j < points; j++) {
      members.set(j, distances[densest * points + j] <= nearest);
    }
    return members;
  }

  private static float neighbourDistance(float[] distances, int points, int row) {
    float[] sorted = Arrays.copyOfRange(distances, row * points, (row + 1) * points);
    Arrays.sort(sorted);
    return sorted[NEIGHBOURS]; // the row itself comes first
  }

  private static double[] fromCentre(PointCloud table, BitSet members) {
    double[] centre = new double[table.coordinates()];
    int count = members.cardinality();
    for (int row = members.nextSetBit(0); row >= 0; row = members.nextSetBit(row + 1)) {
      for (int k = 0; k < centre.length; k++) {
        centre[k] += table.values()[row * centre.length + k] / count;
      }
    }
    double[] lengths = new double[table.points()];
    for (int row = 0; row < lengths.length; row++) {
      double sum = 0;
      for (int k = 0; k < centre.length; k++) {
        double difference = table.values()[row * centre.length + k] - centre[k];
        sum += difference * difference;
      }
      lengths[row] = Math.sqrt(sum);
    }
    // rows that are equal lie at their mean but for its rounding
    double rounding = 1e-12 * Arrays.stream(lengths).max().orElse(0);
    return Arrays.stream(lengths).map(length -> length <= rounding ? 0 : length).toArray();
  }

  private static BitSet within(double[] fromCentre, double reach) {
    BitSet near = new BitSet();
    IntStream.range(0, fromCentre.length).filter(i -> fromCentre[i] <= reach).forEach(near::set);
    return near;
  }

  private static BitSet others(BitSet members, int points) {
    BitSet others = (BitSet) members.clone();
    others.flip(0, points);
    return others;
  }

  private static double median(double[] values, BitSet of) {
    double[] sorted = of.stream().mapToDouble(i -> values[i]).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double scatter(double[] values, BitSet of) {
    double mean = of.stream().mapToDouble(i -> values[i]).average().orElse(0);
    return Math.sqrt(of.stream().mapToDouble(i -> (values[i] - mean) * (values[i] - mean)).average().orElse(0));
  }

  private static boolean isZero(PointCloud table, int row) {
    return IntStream.range(row * table.coordinates(), (row + 1) * table.coordinates())
        .allMatch(i -> table.values()[i] == 0);
  }
}
