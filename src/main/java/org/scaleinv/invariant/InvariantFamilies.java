package org.scaleinv.invariant;

import java.util.List;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.invariant.spectral.SpectralFamily;
import org.scaleinv.invariant.topology.TopologyFamily;

/** The families that can be measured. */
public final class InvariantFamilies {
  private static final List<InvariantFamily> ALL = List.of(new SpectralFamily(), new TopologyFamily());

  private InvariantFamilies() {}

  /** Every family, in the order in which they are measured. */
  public static List<InvariantFamily> all() {
    return ALL;
  }

  /**
   * @throws UsageError when there is none of that id, listing those there are
   */
  public static InvariantFamily named(String id) {
    return ALL.stream()
        .filter(family -> family.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UsageError(
            "no family of invariants is called " + Escape.quoted(id) + "; there are: "
                + ALL.stream().map(InvariantFamily::id).collect(Collectors.joining(", "))));
  }
}
