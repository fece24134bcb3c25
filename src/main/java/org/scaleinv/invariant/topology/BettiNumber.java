package org.scaleinv.invariant.topology;

import java.util.List;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.persistence.BettiCurve;

/**
 * β_k / N of the complex that holds the edges of a stated share of all pairs, the shortest ones. Only the order of the
 * distances matters.
 *
 * <p>A count may be zero, so that it has no logarithm: a quarter of the points counts as a change of 100 %. About as many
 * classes of dimension 1 has a Gaussian cloud of 256 points.
 *
 * @param percent of the pairs
 */
record BettiNumber(int dimension, int percent) implements TopologyInvariant {
  static final List<Integer> PERCENTS = List.of(1, 5, 10);

  /** The share of the points that is a change of 100 %. */
  static final double UNIT = 0.25;

  @Override
  public InvariantInfo info() {
    return InvariantInfo.signed("topology.betti_%d_at_%d".formatted(dimension, percent), UNIT);
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    double length = cloud.quantile(percent / 100.0);
    int count = new BettiCurve(cloud.barcode(dimension)).at(length);
    return Outcome.of((double) count / cloud.points()).with("count", count).with("length", length);
  }
}
