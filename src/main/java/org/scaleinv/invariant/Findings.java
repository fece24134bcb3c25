package org.scaleinv.invariant;

import java.util.List;
import java.util.SortedMap;

/**
 * What measuring one part gave.
 *
 * @param arrays by name, to stand in arrays.safetensors
 * @param unmeasured parts that could not be measured, each with the reason
 */
public record Findings(
    List<Measurement> measurements, SortedMap<String, Array> arrays, List<Unmeasured> unmeasured) {

  /** A part that could not be measured, and why. */
  public record Unmeasured(String subject, String reason) {}
}
