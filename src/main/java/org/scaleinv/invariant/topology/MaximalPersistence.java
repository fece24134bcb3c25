package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.persistence.BarLengths;

/** The length of the longest bar that ends. */
record MaximalPersistence(int dimension) implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.max_persistence_" + dimension);
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(BarLengths.of(cloud.barcode(dimension)), lengths -> Outcome.of(lengths.longest()));
  }
}
