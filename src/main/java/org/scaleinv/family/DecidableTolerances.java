package org.scaleinv.family;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scaleinv.statistics.StudentT;

/**
 * The smallest tolerance at which the equivalence of each row would be shown, false-discovery control included: at
 * another tolerance the p values of the other rows change as well, and with them what control asks of this one.
 *
 * <p>At a tolerance τ the procedure makes at least k of m claims when k rows have p ≤ level·k/m, and that of row i when
 * its own p lies there too. With τ_i(k) the tolerance at which row i has p = level·k/m, and T(k) the k-th smallest of
 * them, row i is shown from τ = min over k of max(T(k), τ_i(k)) on.
 */
final class DecidableTolerances {
  private DecidableTolerances() {}

  /**
   * @param rows those controlled together
   * @param tests of a row's values or ratios; null where there are none
   * @return by row; NaN where no tolerance would do
   */
  static double[] of(List<RowTests> rows, Function<RowTests, ChangeTests> tests, double level) {
    int[] tested = IntStream.range(0, rows.size()).filter(i -> isTested(rows.get(i), tests)).toArray();
    double[] smallest = new double[tested.length];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    for (int claims = 1; claims <= tested.length; claims++) {
      double p = level * claims / tested.length;
      Map<Integer, Double> quantiles = new HashMap<>();
      double[] own = new double[tested.length];
      for (int j = 0; j < tested.length; j++) {
        RowTests row = rows.get(tested[j]);
        ChangeTests change = tests.apply(row);
        double quantile =
            quantiles.computeIfAbsent(change.fit().degreesOfFreedom(), freedom -> StudentT.quantile(1 - p, freedom));
        own[j] = row.quantity().tolerance(change.reach(quantile));
      }
      double enoughClaims = Arrays.stream(own).sorted().toArray()[claims - 1];
      for (int j = 0; j < tested.length; j++) {
        smallest[j] = Math.min(smallest[j], Math.max(enoughClaims, own[j]));
      }
    }
    double[] byRow = new double[rows.size()];
    Arrays.fill(byRow, Double.NaN);
    for (int j = 0; j < tested.length; j++) {
      byRow[tested[j]] = smallest[j];
    }
    return byRow;
  }

  private static boolean isTested(RowTests row, Function<RowTests, ChangeTests> tests) {
    ChangeTests change = tests.apply(row);
    return row.quantity().primary() && change != null && change.fit().hasError();
  }
}
