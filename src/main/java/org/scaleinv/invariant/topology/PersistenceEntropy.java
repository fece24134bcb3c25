package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.persistence.BarLengths;

/**
 * The entropy of the lengths of the bars that end, in nats. A single bar has none, so that it is compared by its
 * difference: a tenth of a nat is a tenth more bars of equal length.
 */
record PersistenceEntropy(int dimension) implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.signed("topology.persistence_entropy_" + dimension, 1);
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(
        BarLengths.of(cloud.barcode(dimension)),
        lengths -> Outcome.of(lengths.entropy()).with("bars", lengths.bars()).with("evenness", lengths.evenness()));
  }
}
