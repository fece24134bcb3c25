package org.scaleinv.invariant;

import java.util.Optional;

/** What is known of an invariant, by id. */
public final class InvariantCatalog {
  private InvariantCatalog() {}

  /** Empty for an id that no registered family measures. */
  public static Optional<InvariantInfo> of(String id) {
    return InvariantFamilies.all().stream()
        .flatMap(family -> family.invariant(id).stream())
        .findFirst();
  }
}
