package org.scaleinv.invariant;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An outcome beside its null: a measurement in all but its subject.
 *
 * @param nullValue null without one
 */
public record Row(InvariantInfo info, Outcome outcome, NullValue nullValue) {
  static final String NULL_DEVIATION = "null_sd";
  static final String NULL_DRAWS = "null_draws";

  public Measurement about(Subject subject) {
    boolean compared = outcome.applicable() && nullValue != null;
    return new Measurement(
        info.id(),
        subject.scope(),
        subject.name(),
        subject.role(),
        subject.layer(),
        subject.head(),
        outcome.value(),
        outcome.error(),
        compared ? nullValue.mean() : null,
        compared ? ratio() : null,
        compared ? detail() : outcome.detail());
  }

  private Double ratio() {
    boolean meaningful = info.positive() && outcome.value() > 0 && nullValue.mean() > 0;
    return meaningful ? outcome.value() / nullValue.mean() : null;
  }

  private SortedMap<String, Object> detail() {
    SortedMap<String, Object> detail = new TreeMap<>(outcome.detail());
    if (nullValue.draws() > 0) {
      detail.put(NULL_DRAWS, nullValue.draws());
    }
    if (nullValue.deviation() != null) {
      detail.put(NULL_DEVIATION, nullValue.deviation());
      if (!info.positive() && nullValue.deviation() > 0) {
        detail.put("null_z", (outcome.value() - nullValue.mean()) / nullValue.deviation());
      }
    }
    return Collections.unmodifiableSortedMap(detail);
  }
}
