package org.scaleinv.invariant.topology;

import java.util.function.Function;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;

/** Estimates as outcomes. */
final class Outcomes {
  private Outcomes() {}

  static <T> Outcome of(Estimate<T> estimate, Function<T, Outcome> outcome) {
    return switch (estimate) {
      case Estimate.Of<T>(T value) -> outcome.apply(value);
      case Estimate.NotApplicable<T>(String reason) -> Outcome.notApplicable(reason);
    };
  }
}
