package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
   * The mean over all subsamples, and as error the standard deviation over them. Not applicable where the invariant is
   * not on one or more: a mean over the others would be one over a selection, such as the subsamples that happen to lie
   * below a limit. Numbers of the detail that all subsamples have are means, and facts the share of those of which they
   * are true.
   */
  Outcome outcome(TopologyInvariant invariant) {
    List<Outcome> all = outcomes.get(invariant.info().id());
    Outcome outcome = notApplicable(invariant).map(Outcome::notApplicable).orElseGet(() -> mean(all));
    for (String key : all.getFirst().detail().keySet()) {
      double[] numbers =
          all.stream().map(repeat -> number(repeat.detail().get(key))).filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue).toArray();
      if (numbers.length == all.size()) {
        outcome = outcome.with(key, sum(numbers) / numbers.length);
      }
    }
    return outcome.with("subsamples", all.size());
  }

  /** Why the invariant has no mean; empty where it has one. */
  Optional<String> notApplicable(TopologyInvariant invariant) {
    List<Outcome> all = outcomes.get(invariant.info().id());
    List<Outcome> without = all.stream().filter(outcome -> !outcome.applicable()).toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    String reason = String.valueOf(without.getFirst().detail().get(Outcome.NOT_APPLICABLE));
    return Optional
        .of(without.size() == all.size() ? reason : "%d of %d: %s".formatted(without.size(), all.size(), reason));
  }

  private static Outcome mean(List<Outcome> applicable) {
    NullValue spread = NullValue.of(applicable.stream().map(Outcome::value).toList());
    Outcome mean = Outcome.of(spread.mean());
    return spread.deviation() == null ? mean : mean.withError(spread.deviation());
  }

  /** The mean over the draws; null without draws, and where the invariant is not applicable on one or more. */
  NullValue nullValue(TopologyInvariant invariant) {
    return notApplicable(invariant).isPresent()
        ? null
        : NullValue.of(outcomes.get(invariant.info().id()).stream().map(Outcome::value).toList());
  }

  private static Double number(Object fact) {
    return switch (fact) {
      case Number number -> number.doubleValue();
      case Boolean truth -> truth ? 1.0 : 0.0;
      case null, default -> null;
    };
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }
}
