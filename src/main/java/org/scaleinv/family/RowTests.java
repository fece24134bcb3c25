package org.scaleinv.family;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is computed of one row before false-discovery control.
 *
 * @param scales the transformed values by scale; null when they cannot be tested
 * @param change tests of the values; null when they cannot be tested
 * @param ratioChange tests of the values against their nulls; null without nulls
 * @param nulls null without nulls
 */
record RowTests(
    Series series,
    Quantity quantity,
    ScaleSeries scales,
    ChangeTests change,
    ChangeTests ratioChange,
    NullTests nulls) {

  static RowTests of(Series series, Family family, double tolerance) {
    Quantity quantity = Quantity.of(series.invariant());
    double bound = quantity.bound(tolerance);
    ScaleSeries values = transformed(series, family, quantity, false);
    ScaleSeries ratios = transformed(series, family, quantity, true);
    ChangeTests change = values == null ? null : ChangeTests.of(values, bound);
    ChangeTests ratioChange = ratios == null ? null : ChangeTests.of(ratios, bound);
    return new RowTests(
        series,
        quantity,
        values,
        change,
        ratioChange,
        ratioChange == null ? null : NullTests.of(ratioChange));
  }

  /** The series to be tested; null when it spans fewer than two scales or holds a value that cannot be compared. */
  private static ScaleSeries transformed(Series series, Family family, Quantity quantity, boolean againstNull) {
    List<Integer> used = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < series.measurements().length; i++) {
      var measurement = series.measurements()[i];
      if (measurement == null || !measurement.applicable() || againstNull && measurement.nullValue() == null) {
        continue;
      }
      double value = measurement.value();
      double transformed =
          againstNull ? quantity.againstNull(value, measurement.nullValue()) : quantity.transform(value);
      if (!Double.isFinite(transformed)) {
        return null;
      }
      used.add(i);
      y.add(transformed);
    }
    ScaleSeries scales =
        ScaleSeries.of(
            used.stream().mapToDouble(i -> family.lnN()[i]).toArray(),
            used.stream().mapToInt(i -> family.scale()[i]).toArray(),
            y.stream().mapToDouble(Double::doubleValue).toArray());
    return scales.scales() < 2 || scales.span() == 0 ? null : scales;
  }

  /** Standard deviation of one run's transformed value: between seeds, or about the line where there are none; NaN. */
  double runDeviation() {
    return Math.sqrt(scales.hasSeeds() ? scales.seedVariance() : change.fit().variance());
  }
}
