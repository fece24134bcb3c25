package org.scaleinv.invariant.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.dimension.PairDistances;

class RepeatsTest {
  /** The number that stands in place of the cloud's seed; saturated above a limit. */
  private record Limited(double limit) implements TopologyInvariant {
    @Override
    public InvariantInfo info() {
      return InvariantInfo.positive("topology.limited");
    }

    @Override
    public Outcome of(CloudTopology cloud) {
      double estimate = cloud.seed();
      return Outcomes.unlessSaturated(estimate > limit, estimate, limit, "a limit", Outcome.of(estimate));
    }
  }

  private static Repeats repeats(TopologyInvariant invariant, long... numbers) {
    Repeats repeats = new Repeats(List.of(invariant));
    PairDistances two = new PairDistances(2, new float[] {0, 1, 1, 0});
    for (long number : numbers) {
      repeats.add(CloudTopology.of(List.of(), two, number));
    }
    return repeats;
  }

  @Test
  void theMeanIsThatOfAllSubsamples() {
    TopologyInvariant invariant = new Limited(10);
    Outcome outcome = repeats(invariant, 2, 3, 7).outcome(invariant);
    assertEquals(4, outcome.value());
    assertEquals(Math.sqrt(7), outcome.error(), 1e-15);
    assertEquals(3, outcome.detail().get("subsamples"));
    assertEquals(0.0, outcome.detail().get("saturated"));
    assertEquals(4, repeats(invariant, 2, 3, 7).nullValue(invariant).mean());
  }

  /** The mean of those below the limit would be low: 2.5 where the subsamples' is 4. */
  @ParameterizedTest
  @ValueSource(doubles = {3, 6})
  void oneSaturatedSubsampleLeavesNoMean(double limit) {
    TopologyInvariant invariant = new Limited(limit);
    Outcome outcome = repeats(invariant, 2, 3, 7).outcome(invariant);
    assertNull(outcome.value());
    assertNull(outcome.error());
    assertEquals(
        "1 of 3: saturated: 7.0 is above a limit = %.1f".formatted(limit),
        outcome.detail().get(Outcome.NOT_APPLICABLE));
    assertEquals(4.0, outcome.detail().get("estimate"));
    assertEquals(1 / 3.0, outcome.detail().get("saturated"));
    assertNull(repeats(invariant, 2, 3, 7).nullValue(invariant));
  }

  @Test
  void aCloudWithoutTopologyIsNoReasonToForgetTheOthers() {
    TopologyInvariant invariant = new Limited(10);
    Repeats repeats = repeats(invariant, 2);
    repeats.add(Estimate.notApplicable("half of the pairs of points lie upon each other"));
    Outcome outcome = repeats.outcome(invariant);
    assertNull(outcome.value());
    assertEquals(
        "1 of 2: half of the pairs of points lie upon each other", outcome.detail().get(Outcome.NOT_APPLICABLE));
    assertNull(outcome.detail().get("estimate"));
  }
}
