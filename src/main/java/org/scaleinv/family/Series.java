package org.scaleinv.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.scaleinv.invariant.Measurement;

/**
 * The measurements of one invariant of one role, by model of the family; null where a model has none.
 *
 * @param measurements one for each model
 */
record Series(String invariant, String role, Measurement[] measurements) {

  List<Double> column(Function<Measurement, Double> column) {
    List<Double> out = new ArrayList<>(measurements.length);
    for (Measurement measurement : measurements) {
      out.add(measurement == null ? null : column.apply(measurement));
    }
    return out;
  }

  List<Double> values() {
    return column(Measurement::value);
  }

  List<Double> nullValues() {
    return column(Measurement::nullValue);
  }

  /** The spread over layers where the row summarises several. */
  List<Double> heterogeneity() {
    return column(m -> m.detail().get("spread") instanceof Number spread ? spread.doubleValue() : null);
  }

  boolean spansModels() {
    return Arrays.stream(measurements).filter(Objects::nonNull).filter(Measurement::applicable).count() >= 2;
  }
}
