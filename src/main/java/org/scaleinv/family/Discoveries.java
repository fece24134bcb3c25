package org.scaleinv.family;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scaleinv.statistics.BenjaminiHochberg;

/**
 * False-discovery control: each question is corrected by itself, over the primary rows of each invariant family.
 *
 * @param q by question and row; NaN where no test could be made or the row takes no part
 */
record Discoveries(Map<Question, double[]> q) {

  enum Question {
    EQUIVALENCE(t -> t.change() == null ? Double.NaN : t.change().equivalence()),
    CHANGE(t -> t.change() == null ? Double.NaN : t.change().anyChange()),
    RATIO_EQUIVALENCE(t -> t.ratioChange() == null ? Double.NaN : t.ratioChange().equivalence()),
    RATIO_CHANGE(t -> t.ratioChange() == null ? Double.NaN : t.ratioChange().anyChange()),
    TRIVIAL(t -> t.nulls() == null ? Double.NaN : t.nulls().trivial()),
    BEYOND_NULL(t -> t.nulls() == null ? Double.NaN : t.nulls().beyondNull());

    private final ToDoubleFunction<RowTests> p;

    Question(ToDoubleFunction<RowTests> p) {
      this.p = p;
    }
  }

  static Discoveries of(List<RowTests> rows) {
    Map<Question, double[]> q = new LinkedHashMap<>();
    Map<String, List<Integer>> families =
        IntStream.range(0, rows.size()).boxed().collect(Collectors.groupingBy(i -> family(rows.get(i))));
    for (Question question : Question.values()) {
      double[] adjusted = new double[rows.size()];
      for (List<Integer> members : families.values()) {
        double[] p = members.stream().mapToDouble(i -> p(question, rows.get(i))).toArray();
        double[] ofFamily = BenjaminiHochberg.adjust(p);
        for (int i = 0; i < ofFamily.length; i++) {
          adjusted[members.get(i)] = ofFamily[i];
        }
      }
      q.put(question, adjusted);
    }
    return new Discoveries(q);
  }

  double q(Question question, int row) {
    return q.get(question)[row];
  }

  private static double p(Question question, RowTests row) {
    return row.quantity().primary() ? question.p.applyAsDouble(row) : Double.NaN;
  }

  /** "spectral" of "spectral.alpha". */
  private static String family(RowTests row) {
    String invariant = row.series().invariant();
    int dot = invariant.indexOf('.');
    return dot < 0 ? invariant : invariant.substring(0, dot);
  }
}
