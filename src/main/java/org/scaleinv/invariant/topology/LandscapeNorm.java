package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.persistence.Barcode;
import org.scaleinv.statistics.persistence.Landscape;

/**
 * ‖λ‖₂ of the persistence landscape of one dimension, all layers together; the norms of the first layer alone and of
 * degree 1 stand in the detail. In dimension 0, where all bars are born at 0, the first layer is the longest bar's.
 */
record LandscapeNorm(int dimension) implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.landscape_" + dimension);
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    Barcode bars = cloud.barcode(dimension);
    return Outcomes.of(
        Landscape.norm(bars, 2),
        norm -> Outcome.of(norm).with("first_layer", Landscape.of(bars, 1).layer(1).norm(2))
            .with("degree_1", Landscape.norm(bars, 1).toOptional().orElseThrow()));
  }
}
