package org.scaleinv.invariant;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.scaleinv.error.BadInput;

/**
 * What measuring one part gave.
 *
 * @param arrays by name, to stand in arrays.safetensors
 * @param unmeasured parts that could not be measured, each with the reason
 */
public record Findings(
    List<Measurement> measurements, SortedMap<String, Array> arrays, List<Unmeasured> unmeasured) {

  /** Rules that a part can break while the rest of the model is measured. */
  private static final Set<String> OF_ONE_PART = Set.of("non-finite", "dtype-not-measured", "empty-matrix");

  public static boolean concernsOnePart(BadInput broken) {
    return OF_ONE_PART.contains(broken.rule());
  }

  /** A part that could not be measured, and why. */
  public record Unmeasured(String subject, String reason) {}
}
