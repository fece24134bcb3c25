package org.scaleinv.statistics;

import java.util.Optional;

/** A statistic of a sample, or the reason why the sample has none. Never a NaN. */
public sealed interface Estimate<T> {

  record Of<T>(T value) implements Estimate<T> {}

  /** @param reason one phrase without a full stop, fit to follow "not applicable: " */
  record NotApplicable<T>(String reason) implements Estimate<T> {}

  static <T> Estimate<T> of(T value) {
    return new Of<>(value);
  }

  static <T> Estimate<T> notApplicable(String reason) {
    return new NotApplicable<>(reason);
  }

  default Optional<T> toOptional() {
    return switch (this) {
      case Of<T>(T value) -> Optional.of(value);
      case NotApplicable<T> _ -> Optional.empty();
    };
  }
}
