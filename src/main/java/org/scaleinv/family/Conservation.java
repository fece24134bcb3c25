package org.scaleinv.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Comparison.Inference;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.Discoveries.Question;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Scope;

/** Tests which invariants of roles and models survive the change of scale; docs/conservation.md has the reasoning. */
public final class Conservation {
  private final Family family;
  private final List<Integer> scales;
  private final double tolerance;
  private final double level;

  private Conservation(Family family, double tolerance, double level) {
    this.family = family;
    this.scales = Arrays.stream(family.scale()).boxed().toList();
    this.tolerance = tolerance;
    this.level = level;
  }

  /**
   * Compares the models of a family.
   *
   * @param profiles in any order, measured with equal settings
   * @param tolerance relative change that still counts as none, greater than 0 (0.1)
   * @param level of every test, between 0 and 0.5 (0.05)
   * @throws UsageError for fewer than two models, models of one size only, or parameters out of range
   * @throws org.scaleinv.error.BadInput for profiles with different settings, or the same model twice
   */
  public static Comparison compare(List<Profile> profiles, double tolerance, double level) {
    if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new UsageError("the tolerance has to be greater than 0; given: " + tolerance);
    }
    if (!(level > 0 && level < 0.5)) {
      throw new UsageError("the level has to lie between 0 and 0.5; given: " + level);
    }
    return new Conservation(Family.of(profiles), tolerance, level).comparison();
  }

  /**
   * Looks at models, parameters and settings alone.
   *
   * @param profiles those without a digest pass as different models
   * @throws UsageError for fewer than two models, or models of one size only
   * @throws org.scaleinv.error.BadInput for profiles with different settings, or the same model twice
   */
  public static void requireComparable(List<Profile> profiles) {
    Family.of(profiles);
  }

  private Comparison comparison() {
    List<RowTests> tests = series().stream().map(s -> RowTests.of(s, family, tolerance)).toList();
    Discoveries discoveries = Discoveries.of(tests, level);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      rows.add(row(tests.get(i), discoveries, i));
    }
    List<Comparison.Model> models =
        family.profiles().stream()
            .map(Profile::model)
            .map(m -> new Comparison.Model(m.name(), m.parameters(), m.parametersWithoutEmbeddings(), m.scale()))
            .toList();
    List<String> warnings = new ArrayList<>(family.warnings());
    warnings.addAll(warnings(tests));
    return new Comparison(
        models, tolerance, level, List.copyOf(rows), new LayerProfiles(family).all(), List.of(), List.copyOf(warnings));
  }

  /** Every invariant of a role, or of the whole model, that at least two models have. */
  private List<Series> series() {
    record Key(String invariant, String role) {}
    Map<Key, Measurement[]> found = new LinkedHashMap<>();
    for (int i = 0; i < family.profiles().size(); i++) {
      for (Measurement measurement : family.profiles().get(i).measurements()) {
        if (measurement.scope() == Scope.ROLE || measurement.scope() == Scope.MODEL) {
          Key key = new Key(measurement.invariant(), measurement.role());
          found.computeIfAbsent(key, k -> new Measurement[family.profiles().size()])[i] = measurement;
        }
      }
    }
    return found.entrySet().stream()
        .map(e -> new Series(e.getKey().invariant(), e.getKey().role(), e.getValue()))
        .filter(Series::spansModels)
        .toList();
  }

  private static List<String> warnings(List<RowTests> tests) {
    List<String> warnings = new ArrayList<>();
    for (RowTests row : tests) {
      if (row.change() == null) {
        warnings.add(
            Escape.quoted(row.series().invariant()) + " of " + Escape.quoted(row.series().role())
                + " cannot be fitted: its values do not span two sizes, or one of them is not finite, or not positive"
                + " where it has to be");
      }
    }
    List<String> untested =
        tests.stream()
            .filter(row -> !row.quantity().primary())
            .map(row -> Escape.quoted(row.series().invariant()))
            .distinct()
            .toList();
    if (!untested.isEmpty()) {
      warnings.add("described but not tested, being functions of other invariants or unknown here: "
          + String.join(", ", untested));
    }
    return warnings;
  }

  private Row row(RowTests tests, Discoveries discoveries, int i) {
    Series series = tests.series();
    Inference values =
        inference(
            tests.quantity(),
            tests.change(),
            Endpoints.of(series.values(), scales).conservationError(),
            judgement(tests.change(), discoveries.q(Question.EQUIVALENCE, i), discoveries.q(Question.CHANGE, i)),
            discoveries.decidable()[i]);
    boolean hasNulls = tests.ratioChange() != null;
    Inference ratio =
        !hasNulls
            ? null
            : inference(
                tests.quantity(),
                tests.ratioChange(),
                tests.quantity().positive() ? Endpoints.of(ratios(series), scales).conservationError() : null,
                judgement(
                    tests.ratioChange(),
                    discoveries.q(Question.RATIO_EQUIVALENCE, i),
                    discoveries.q(Question.RATIO_CHANGE, i)),
                discoveries.ratioDecidable()[i]);
    return new Row(
        series.invariant(),
        series.role(),
        series.values(),
        errors(tests),
        series.heterogeneity(),
        values,
        series.nullValues(),
        ratio,
        hasNulls
            ? NullTests.relation(
                discoveries.q(Question.TRIVIAL, i), discoveries.q(Question.BEYOND_NULL, i), level)
            : null);
  }

  private Judgement judgement(ChangeTests tests, double equivalence, double change) {
    return tests == null ? Judgement.UNDECIDED : Judgement.of(tests, equivalence, change, level);
  }

  private static Inference inference(
      Quantity quantity, ChangeTests tests, Double conservationError, Judgement judgement, double decidable) {
    if (tests == null) {
      return new Inference(conservationError, null, null, judgement.verdict(), null, null);
    }
    return new Inference(
        conservationError,
        quantity.exponent(tests.fit().slope()),
        tests.fit().hasError() ? quantity.exponent(tests.fit().slopeError()) : null,
        judgement.verdict(),
        orNull(decidable),
        orNull(judgement.q()));
  }

  private static List<Double> ratios(Series series) {
    return series.column(
        m -> m.value() == null || m.nullValue() == null ? null : Double.valueOf(m.value() / m.nullValue()));
  }

  private static List<Double> errors(RowTests tests) {
    double deviation = tests.change() == null ? Double.NaN : tests.runDeviation();
    return tests.series()
        .column(
            m -> m.value() == null ? null : orNull(Math.abs(tests.quantity().deviation(m.value(), deviation))));
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
