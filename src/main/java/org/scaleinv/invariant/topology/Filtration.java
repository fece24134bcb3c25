package org.scaleinv.invariant.topology;

import java.util.Arrays;
import java.util.List;
import org.scaleinv.statistics.dimension.PairDistances;
import org.scaleinv.statistics.persistence.Barcode;

/**
 * A cloud of points as the topological invariants see it: its distances, and the bars of its Vietoris–Rips filtration.
 * The unit of length of everything but {@link #distances} is the median distance of two points. Immutable; the arrays
 * must not be changed.
 */
final class Filtration {
  private final PairDistances distances;
  private final double median;
  private final double[] lengths;
  private final List<Barcode> barcodes;
  private final long seed;

  /**
   * @param distances in any unit; of at least two points
   * @param ascending distances of all pairs, ascending; their median above 0
   * @param barcodes of dimensions 0, 1, …, in units of the median
   * @param seed of random numbers that an invariant may need
   */
  Filtration(PairDistances distances, double[] ascending, List<Barcode> barcodes, long seed) {
    this.distances = distances;
    this.median = median(ascending);
    this.lengths = Arrays.stream(ascending).map(length -> length / median).toArray();
    this.barcodes = List.copyOf(barcodes);
    this.seed = seed;
  }

  int points() {
    return distances.points();
  }

  /** In the unit of the model's weights, up to a power of two. */
  PairDistances distances() {
    return distances;
  }

  /** Of all pairs, ascending. */
  double[] lengths() {
    return lengths;
  }

  /** The length that at least a share p of the pairs does not exceed. */
  double quantile(double p) {
    return PairDistances.quantile(lengths, p);
  }

  /** By dimension, from 0 up to {@link #dimension}. */
  List<Barcode> barcodes() {
    return barcodes;
  }

  /** The highest dimension whose bars are known. */
  int dimension() {
    return barcodes.size() - 1;
  }

  long seed() {
    return seed;
  }

  /** The median of ascending numbers: of an even count the mean of the two in the middle. */
  static double median(double[] ascending) {
    return (ascending[(ascending.length - 1) / 2] + ascending[ascending.length / 2]) / 2;
  }
}
