package org.scaleinv.invariant.spectral;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an invariant is on one spectrum.
 *
 * @param value null where it is not applicable
 * @param error standard error, null where none is known
 */
record Outcome(Double value, Double error, SortedMap<String, Object> detail) {
  static final String NOT_APPLICABLE = "not_applicable";

  /** Key of the id of which an invariant is a function. */
  static final String IDENTITY_OF = "identity_of";

  Outcome {
    detail = Collections.unmodifiableSortedMap(detail);
  }

  static Outcome of(double value) {
    return new Outcome(value, null, new TreeMap<>());
  }

  static Outcome notApplicable(String reason) {
    return new Outcome(null, null, new TreeMap<>()).with(NOT_APPLICABLE, reason);
  }

  Outcome withError(double standardError) {
    return new Outcome(value, standardError, detail);
  }

  Outcome with(String key, Object fact) {
    SortedMap<String, Object> more = new TreeMap<>(detail);
    more.put(key, fact);
    return new Outcome(value, error, more);
  }

  boolean applicable() {
    return value != null;
  }
}
