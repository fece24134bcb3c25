package org.scaleinv.invariant;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an invariant is on one part of a model.
 *
 * @param value null where it is not applicable
 * @param error standard error, null where none is known
 */
public record Outcome(Double value, Double error, SortedMap<String, Object> detail) {
  public static final String NOT_APPLICABLE = "not_applicable";

  /** Key of the id of which an invariant is a function. */
  public static final String IDENTITY_OF = "identity_of";

  public Outcome {
    detail = Collections.unmodifiableSortedMap(detail);
  }

  public static Outcome of(double value) {
    return new Outcome(value, null, new TreeMap<>());
  }

  public static Outcome notApplicable(String reason) {
    return new Outcome(null, null, new TreeMap<>()).with(NOT_APPLICABLE, reason);
  }

  public Outcome withError(double standardError) {
    return new Outcome(value, standardError, detail);
  }

  public Outcome with(String key, Object fact) {
    SortedMap<String, Object> more = new TreeMap<>(detail);
    more.put(key, fact);
    return new Outcome(value, error, more);
  }

  public boolean applicable() {
    return value != null;
  }
}
