package org.scaleinv.invariant.topology;

import java.util.Locale;
import java.util.function.Function;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;

/** Estimates as outcomes. */
final class Outcomes {
  /** Key of what a dimension comes out as, believed or not. */
  static final String ESTIMATE = "estimate";

  private Outcomes() {}

  /**
   * A dimension, or its estimate as a detail where that says more of the number of points than of their cloud.
   *
   * @param limit of what the points can show
   * @param rule by which the limit follows from their number N
   */
  static Outcome unlessSaturated(boolean saturated, double estimate, double limit, String rule, Outcome value) {
    Outcome outcome = saturated
        ? Outcome.notApplicable(
            String.format(Locale.ROOT, "saturated: %.1f is above %s = %.1f", estimate, rule, limit))
        : value;
    return outcome.with(ESTIMATE, estimate).with("saturated", saturated).with("limit", limit);
  }

  static <T> Outcome of(Estimate<T> estimate, Function<T, Outcome> outcome) {
    return switch (estimate) {
      case Estimate.Of<T>(T value) -> outcome.apply(value);
      case Estimate.NotApplicable<T>(String reason) -> Outcome.notApplicable(reason);
    };
  }
}
