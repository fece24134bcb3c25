package org.scaleinv.invariant.topology;

import java.util.Arrays;
import java.util.List;
import org.scaleinv.engine.Diagram;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.dimension.PairDistances;
import org.scaleinv.statistics.persistence.Barcode;

/**
 * What the invariants of one point cloud are functions of. Lengths are in units of the median distance, so that scaling
 * the cloud changes nothing. Immutable by agreement.
 *
 * @param barcodes of dimensions 0, 1, …, in units of the median
 * @param distances as they are
 * @param lengths of all pairs, ascending, in units of the median
 * @param median of the distances: one of them, the lower of the middle two
 * @param seed of what is drawn at random
 */
public record CloudTopology(
    List<Barcode> barcodes, PairDistances distances, double[] lengths, double median, long seed) {

  /** Not applicable where there is no median distance to measure by. */
  public static Estimate<CloudTopology> of(List<Diagram> diagrams, PairDistances distances, long seed) {
    if (distances.points() < 2) {
      return Estimate.notApplicable("%d points have no distance".formatted(distances.points()));
    }
    double[] ascending = distances.ascending();
    double median = PairDistances.quantile(ascending, 0.5);
    if (median == 0) {
      return Estimate.notApplicable("half of the pairs of points lie upon each other");
    }
    List<Barcode> barcodes =
        diagrams.stream().map(diagram -> Barcode.of(diagram.births(), diagram.deaths(), median)).toList();
    double[] lengths = Arrays.stream(ascending).map(distance -> distance / median).toArray();
    return Estimate.of(new CloudTopology(barcodes, distances, lengths, median, seed));
  }

  int points() {
    return distances.points();
  }

  Barcode barcode(int dimension) {
    return barcodes.get(dimension);
  }

  /** The length that a share of the pairs does not exceed, in units of the median. */
  double quantile(double share) {
    return PairDistances.quantile(lengths, share);
  }
}
