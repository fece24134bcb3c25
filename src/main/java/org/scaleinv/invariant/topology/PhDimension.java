package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.dimension.PersistentHomologyDimension;

/** The dimension by which the total length of bars of dimension 0 grows with the number of points. */
record PhDimension() implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.ph_dimension");
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(
        PersistentHomologyDimension.of(cloud.distances(), cloud.seed()),
        found -> Outcome.of(found.dimension()).with("residual", found.residual()));
  }
}
