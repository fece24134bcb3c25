package org.scaleinv.family;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scaleinv.statistics.BenjaminiHochberg;

/**
 * False-discovery control: each question is corrected by itself, over the primary rows of each invariant family.
 *
 * @param q by question and row; NaN where no test could be made or the row takes no part
 * @param decidable smallest tolerance at which the values of a row would be shown conserved, by row; NaN for none
 * @param ratioDecidable the same of the ratios to the null
 */
record Discoveries(Map<Question, double[]> q, double[] decidable, double[] ratioDecidable) {

  enum Question {
    EQUIVALENCE(RowTests::change, ChangeTests::equivalence),
    CHANGE(RowTests::change, ChangeTests::anyChange),
    RATIO_EQUIVALENCE(RowTests::ratioChange, ChangeTests::equivalence),
    RATIO_CHANGE(RowTests::ratioChange, ChangeTests::anyChange),
    TRIVIAL(RowTests::nulls, NullTests::trivial),
    BEYOND_NULL(RowTests::nulls, NullTests::beyondNull);

    private final ToDoubleFunction<RowTests> p;

    /** @param tests null for a row without them */
    <T> Question(Function<RowTests, T> tests, ToDoubleFunction<T> p) {
      this.p =
          row -> {
            T ofRow = tests.apply(row);
            return ofRow == null || !row.quantity().primary() ? Double.NaN : p.applyAsDouble(ofRow);
          };
    }
  }

  static Discoveries of(List<RowTests> rows, double level) {
    Collection<List<Integer>> families =
        IntStream.range(0, rows.size()).boxed().collect(Collectors.groupingBy(i -> family(rows.get(i)))).values();
    Map<Question, double[]> q = new EnumMap<>(Question.class);
    for (Question question : Question.values()) {
      q.put(
          question,
          byFamily(families, rows, f -> BenjaminiHochberg.adjust(f.stream().mapToDouble(question.p).toArray())));
    }
    return new Discoveries(
        q,
        byFamily(families, rows, f -> DecidableTolerances.of(f, RowTests::change, level)),
        byFamily(families, rows, f -> DecidableTolerances.of(f, RowTests::ratioChange, level)));
  }

  double q(Question question, int row) {
    return q.get(question)[row];
  }

  private static double[] byFamily(
      Collection<List<Integer>> families, List<RowTests> rows, Function<List<RowTests>, double[]> control) {
    double[] byRow = new double[rows.size()];
    for (List<Integer> members : families) {
      double[] ofFamily = control.apply(members.stream().map(rows::get).toList());
      for (int i = 0; i < ofFamily.length; i++) {
        byRow[members.get(i)] = ofFamily[i];
      }
    }
    return byRow;
  }

  /** "spectral" of "spectral.alpha". */
  private static String family(RowTests row) {
    String invariant = row.series().invariant();
    int dot = invariant.indexOf('.');
    return dot < 0 ? invariant : invariant.substring(0, dot);
  }
}
