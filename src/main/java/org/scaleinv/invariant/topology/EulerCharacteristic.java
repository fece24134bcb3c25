package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.persistence.EulerCurve;

/**
 * χ / N = Σ (−1)^k β_k / N, truncated after the highest dimension measured, as the mean over all pairs of points of its
 * value at their distance (Giusti et al., PNAS 112, 2015). Only the order of the distances matters.
 */
record EulerCharacteristic() implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.signed("topology.euler", BettiNumber.UNIT);
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    EulerCurve curve = new EulerCurve(cloud.barcodes());
    Outcome outcome =
        Outcome.of(curve.meanOver(cloud.lengths()) / cloud.points()).with("dimension", curve.dimension());
    for (int percent : BettiNumber.PERCENTS) {
      outcome = outcome.with("count_at_" + percent, curve.at(cloud.quantile(percent / 100.0)));
    }
    return outcome;
  }
}
