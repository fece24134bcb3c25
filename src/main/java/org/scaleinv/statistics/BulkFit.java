package org.scaleinv.statistics;

import java.util.Arrays;

/**
 * The noise bulk of a spectrum with spikes: its Marchenko–Pastur law and what lies beyond its upper edge.
 *
 * <p>The variance of the bulk is the mean of the eigenvalues between the bulk's 10 % and 90 % ranks, over the same mean
 * under the Marchenko–Pastur law of variance one (the matching of Gavish and Donoho, IEEE Trans. Inf. Theory 60, 2014,
 * who take the median alone, which scatters about twice as much). Eigenvalues above the 99.9 % quantile of the largest
 * eigenvalue of such a bulk are spikes; the k spikes leave the bulk of an (N, M − k) matrix, and the variance is
 * matched again until no more spikes come. Spikes are only ever added, so this ends; where it has eaten half the
 * spectrum there is no bulk to speak of, and the fit is not applicable.
 *
 * <p>Measured on Gaussian matrices: sigma scatters by 0.75/M of itself for square shapes and less for others, low by
 * 0.1/M; a spike is seen where there is none in 0.2 % of matrices (0.1 % were sigma known).
 *
 * @param sigma standard deviation of the entries that make the bulk
 * @param threshold smallest value that counts as a spike
 * @param spikes eigenvalues at or above the threshold
 * @param rounds how often the variance was matched
 */
public record BulkFit(double sigma, double threshold, int spikes, int rounds) {
  /** Fewest eigenvalues that a bulk is fitted to. */
  public static final int FEWEST = 8;
  private static final double TRIM = 0.1;
  private static final double CONFIDENCE = 0.999;

  /**
   * @param eigenvalues of WᵀW/N, M of them, in any order; not changed
   * @param longer N ≥ M
   */
  public static Estimate<BulkFit> of(double[] eigenvalues, long longer) {
    int count = eigenvalues.length;
    if (longer < count) {
      throw new IllegalArgumentException(count + " eigenvalues of a matrix with longer side " + longer);
    }
    if (count < FEWEST) {
      return Estimate.notApplicable("%d eigenvalues, at least %d are needed".formatted(count, FEWEST));
    }
    double[] sorted = eigenvalues.clone();
    Arrays.sort(sorted);
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[count - 1])) {
      return Estimate.notApplicable("an eigenvalue is not finite");
    }
    int spikes = 0;
    for (int round = 1; 2 * spikes <= count; round++) {
      int size = count - spikes;
      double variance = variance(sorted, size, longer);
      if (!(variance > 0)) {
        return Estimate.notApplicable("the middle of the spectrum is zero");
      }
      double threshold = LargestEigenvalue.of(longer, size, variance).quantile(CONFIDENCE);
      int beyond = countAtLeast(sorted, threshold);
      if (beyond <= spikes) {
        return Estimate.of(new BulkFit(Math.sqrt(variance), threshold, spikes, round));
      }
      spikes = beyond;
    }
    return Estimate.notApplicable("more than half of the eigenvalues lie beyond the edge of the rest");
  }

  /** Matches the mean of the middle ranks of the lowest {@code size} eigenvalues. */
  private static double variance(double[] sorted, int size, long longer) {
    int from = (int) Math.floor(TRIM * size);
    int to = size - from;
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += sorted[i];
    }
    var unit = new MarchenkoPastur(size / (double) longer, 1);
    double low = unit.quantile(from / (double) size);
    double high = unit.quantile(to / (double) size);
    return sum / (size * (unit.partialMean(high) - unit.partialMean(low)));
  }

  private static int countAtLeast(double[] sorted, double threshold) {
    int index = sorted.length;
    while (index > 0 && sorted[index - 1] >= threshold) {
      index--;
    }
    return sorted.length - index;
  }
}
