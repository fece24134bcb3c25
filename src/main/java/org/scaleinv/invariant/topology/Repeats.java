package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaleinv.invariant.NullValue;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;

/** The outcomes of every invariant on clouds of one kind: subsamples, or draws of a null model. */
final class Repeats {
  private final List<TopologyInvariant> invariants;
  private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();

  Repeats(List<TopologyInvariant> invariants) {
    this.invariants = invariants;
    invariants.forEach(invariant -> outcomes.put(invariant.info().id(), new ArrayList<>()));
  }

  void add(Estimate<CloudTopology> cloud) {
    for (TopologyInvariant invariant : invariants) {
      outcomes.get(invariant.info().id()).add(Outcomes.of(cloud, invariant::of));
    }
  }

  /**
   * The mean over the subsamples on which the invariant is applicable, and as error the standard deviation over them;
   * numbers of the detail are means as well. Not applicable, for the first one's reason, where it is on none.
   */
  Outcome outcome(TopologyInvariant invariant) {
    List<Outcome> all = outcomes.get(invariant.info().id());
    List<Outcome> applicable = all.stream().filter(Outcome::applicable).toList();
    List<Outcome> told = applicable.isEmpty() ? all : applicable;
    Outcome mean = applicable.isEmpty()
        ? Outcome.notApplicable(String.valueOf(all.getFirst().detail().get(Outcome.NOT_APPLICABLE)))
        : mean(applicable);
    for (String key : told.getFirst().detail().keySet()) {
      double[] numbers = told.stream().map(outcome -> outcome.detail().get(key)).filter(Number.class::isInstance)
          .mapToDouble(number -> ((Number) number).doubleValue()).toArray();
      if (numbers.length == told.size()) {
        mean = mean.with(key, sum(numbers) / numbers.length);
      }
    }
    return mean.with("subsamples", applicable.size());
  }

  private static Outcome mean(List<Outcome> applicable) {
    NullValue spread = NullValue.of(applicable.stream().map(Outcome::value).toList());
    Outcome mean = Outcome.of(spread.mean());
    return spread.deviation() == null ? mean : mean.withError(spread.deviation());
  }

  /** The mean over the draws on which the invariant is applicable; null where it is on none. */
  NullValue nullValue(TopologyInvariant invariant) {
    return NullValue.of(
        outcomes.get(invariant.info().id()).stream().filter(Outcome::applicable).map(Outcome::value).toList());
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }
}
