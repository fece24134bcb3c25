package org.scaleinv.statistics;

import java.util.Arrays;

/**
 * A continuous power law p(x) ~ x^(−alpha) on x ≥ xMin, by maximum likelihood with the start of the tail chosen by the
 * smallest Kolmogorov–Smirnov distance (Clauset, Shalizi, Newman, SIAM Rev. 51, 2009, eqs. 3.1, 3.2 and 3.9).
 *
 * <p>Every distinct value that leaves at least the asked number of values in the tail is a candidate for xMin. With
 * n values x_0 ≤ x_1 ≤ … in the tail, alpha = 1 + n / Σ ln(x_i/xMin) and the distance is
 * max |1 − (x_i/xMin)^(1−alpha) − i/n|; the smallest distance wins, the smallest xMin on ties.
 *
 * @param xMin where the tail starts, in units of the values
 * @param ks distance of the winner
 * @param standardError (alpha − 1)/√tailCount; leaves out that xMin was chosen from the same values
 * @param tailCount values ≥ xMin
 * @param candidates how many xMin were tried
 * @param dropped values below the relative cut, zero or negative, that took no part
 */
public record PowerLawFit(
    double alpha, double xMin, double ks, double standardError, int tailCount, int candidates, int dropped) {

  /**
   * Fits the tail of a sample. O(M log M) in practice: see {@link TailDistance}.
   *
   * @param values in any order; not changed
   * @param relativeCut values below this fraction of the largest take no part, in [0, 1); relative, so that a change
   *     of unit changes nothing
   * @param minimumTail fewest values that a tail may have, at least 2
   */
  public static Estimate<PowerLawFit> of(double[] values, double relativeCut, int minimumTail) {
    if (!(relativeCut >= 0 && relativeCut < 1) || minimumTail < 2) {
      throw new IllegalArgumentException("relative cut " + relativeCut + ", minimum tail " + minimumTail);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    if (count == 0 || !Double.isFinite(sorted[0]) || !Double.isFinite(sorted[count - 1])) {
      return Estimate.notApplicable(count == 0 ? "there are no values" : "a value is not finite");
    }
    double largest = sorted[count - 1];
    int dropped = 0;
    while (dropped < count && (sorted[dropped] <= 0 || sorted[dropped] < relativeCut * largest)) {
      dropped++;
    }
    if (count - dropped < minimumTail) {
      return Estimate.notApplicable(
          "%d positive values above the cut, at least %d are needed".formatted(count - dropped, minimumTail));
    }
    return search(Arrays.copyOfRange(sorted, dropped, count), minimumTail, dropped);
  }

  private static Estimate<PowerLawFit> search(double[] sorted, int minimumTail, int dropped) {
    int count = sorted.length;
    double[] logs = logsToLargest(sorted);
    double[] suffixSums = new double[count + 1];
    for (int i = count - 1; i >= 0; i--) {
      suffixSums[i] = suffixSums[i + 1] + logs[i];
    }
    var distance = new TailDistance(logs);
    PowerLawFit best = null;
    int candidates = 0;
    for (int i = 0; i <= count - minimumTail && logs[i] < 0; i++) {
      if (i > 0 && logs[i] == logs[i - 1]) {
        continue;
      }
      candidates++;
      int tail = count - i;
      double alpha = 1 + tail / (suffixSums[i] - tail * logs[i]);
      double ks = distance.of(i, alpha, best == null ? Double.POSITIVE_INFINITY : best.ks);
      if (best == null || ks < best.ks) {
        best = new PowerLawFit(alpha, sorted[i], ks, (alpha - 1) / Math.sqrt(tail), tail, 0, dropped);
      }
    }
    return best == null
        ? Estimate.notApplicable("all values of the tail are equal")
        : Estimate.of(best.withCandidates(candidates));
  }

  /** ln(x/x_max): free of the unit, and exact where it matters, near the largest value. */
  private static double[] logsToLargest(double[] sorted) {
    double largest = sorted[sorted.length - 1];
    return Arrays.stream(sorted)
        .map(x -> x / largest >= Double.MIN_NORMAL ? Math.log(x / largest) : Math.log(x) - Math.log(largest))
        .toArray();
  }

  private PowerLawFit withCandidates(int tried) {
    return new PowerLawFit(alpha, xMin, ks, standardError, tailCount, tried, dropped);
  }
}
