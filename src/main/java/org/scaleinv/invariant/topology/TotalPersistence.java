package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.persistence.BarLengths;

/** Σ (death − birth) / N over the bars that end: the mean length of a bar of dimension 0, nearly. */
record TotalPersistence(int dimension) implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.total_persistence_" + dimension);
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(
        BarLengths.of(cloud.barcode(dimension)),
        lengths -> Outcome.of(lengths.total() / cloud.points()).with("bars", lengths.bars())
            .with("essential", lengths.essential()));
  }
}
