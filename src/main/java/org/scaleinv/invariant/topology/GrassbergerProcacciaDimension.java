package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.dimension.CorrelationDimension;

/**
 * The correlation dimension. A saturated one speaks of the number of points and would look conserved wherever that is
 * equal: it is not applicable, and the estimate stands in the detail.
 */
record GrassbergerProcacciaDimension() implements TopologyInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("topology.correlation_dimension");
  }

  @Override
  public Outcome of(CloudTopology cloud) {
    return Outcomes.of(CorrelationDimension.of(cloud.distances()), found -> of(found, cloud));
  }

  private static Outcome of(CorrelationDimension found, CloudTopology cloud) {
    Outcome estimate = withError(Outcome.of(found.dimension()), found.standardError());
    return Outcomes.unlessSaturated(found.saturated(), found.dimension(), found.limit(), "2·log10 N", estimate)
        .with("shortest", found.shortest() / cloud.median())
        .with("longest", found.longest() / cloud.median());
  }

  private static Outcome withError(Outcome outcome, double standardError) {
    return Double.isFinite(standardError) ? outcome.withError(standardError) : outcome;
  }
}
