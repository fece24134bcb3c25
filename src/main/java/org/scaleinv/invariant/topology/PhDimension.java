package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.dimension.PersistentHomologyDimension;

/**
 * The dimension by which the total length of bars of dimension 0 grows with the number of points. A saturated one is
 * noise: it is not applicable, and the estimate stands in the detail.
 */
record PhDimension() implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.ph_dimension");
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(
        PersistentHomologyDimension.of(cloud.distances(), cloud.seed()),
        found -> Outcomes.unlessSaturated(
            found.saturated(), found.dimension(), found.limit(), "N/8", Outcome.of(found.dimension()))
            .with("residual", found.residual()));
  }
}
