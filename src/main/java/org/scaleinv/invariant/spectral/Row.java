package org.scaleinv.invariant.spectral;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Scope;

/**
 * An outcome beside its null: a measurement in all but its subject.
 *
 * @param nullValue null without one
 */
record Row(InvariantInfo info, Outcome outcome, NullValue nullValue) {
  static final String NULL_DEVIATION = "null_sd";
  static final String NULL_DRAWS = "null_draws";

  Measurement about(Part part) {
    return measurement(part.scope(), part.subject(), part.role(), part.layer(), part.head());
  }

  Measurement measurement(Scope scope, String subject, String role, Integer layer, Integer head) {
    boolean compared = outcome.applicable() && nullValue != null;
    return new Measurement(
        info.id(),
        scope,
        subject,
        role,
        layer,
        head,
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
