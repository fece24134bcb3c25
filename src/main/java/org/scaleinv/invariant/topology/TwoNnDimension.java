package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.dimension.TwoNearestNeighbours;

/**
 * The dimension that the ratios of the distances to the two nearest neighbours show. A saturated one is too small, as is
 * that of its null; it is told, and kept.
 */
record TwoNnDimension() implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.two_nn_dimension");
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(
        TwoNearestNeighbours.of(cloud.distances()),
        found -> Outcome.of(found.dimension()).withError(found.standardError()).with("duplicates", found.duplicates())
            .with("saturated", found.saturated()).with("limit", found.limit()));
  }
}
