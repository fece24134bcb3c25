package org.scaleinv.statistics;

import java.util.Arrays;

/**
 * Ratios of consecutive level spacings, r̃ = min(s_i, s_{i+1})/max(s_i, s_{i+1}), of one spectrum or pooled over many
 * (Oganesyan and Huse, Phys. Rev. B 75, 2007; means from Atas et al., Phys. Rev. Lett. 110, 2013: Gaussian orthogonal
 * ensemble 0.5307, independent levels 2·ln 2 − 1 = 0.3863). No unfolding is needed. Take singular values, not their
 * squares: the hard edge bends the spacings of squares.
 *
 * <p>Only sums are kept, so that pooling is adding. A repeated level gives a ratio of 0; two zero spacings in a row
 * (a level met three times) give none and are counted in {@code undefined}.
 *
 * @param count ratios
 * @param sum of the ratios
 * @param sumOfSquares of the ratios
 * @param neighbours pairs of ratios that share a spacing
 * @param sumOfProducts over those pairs
 * @param undefined ratios 0/0 that were left out
 */
public record LevelSpacing(
    long count, double sum, double sumOfSquares, long neighbours, double sumOfProducts, long undefined) {
  /** The mean for independent levels. */
  public static final double POISSON = 2 * Math.log(2) - 1;
  /** The mean for large matrices of the Gaussian orthogonal ensemble, from simulation. */
  public static final double GOE = 0.5307;
  /** Nothing pooled yet. */
  public static final LevelSpacing NONE = new LevelSpacing(0, 0, 0, 0, 0, 0);

  /**
   * The ratios of the middle of one spectrum.
   *
   * @param levels in any order; not changed
   * @param trim share of the levels left out at each end, in [0, 0.5): ⌊trim·M⌋ of them
   */
  public static LevelSpacing of(double[] levels, double trim) {
    if (!(trim >= 0 && trim < 0.5)) {
      throw new IllegalArgumentException("trim " + trim);
    }
    double[] sorted = levels.clone();
    Arrays.sort(sorted);
    int cut = (int) Math.floor(trim * sorted.length);
    return ofSorted(Arrays.copyOfRange(sorted, cut, sorted.length - cut));
  }

  private static LevelSpacing ofSorted(double[] levels) {
    LevelSpacing pool = NONE;
    double previous = Double.NaN;
    for (int i = 2; i < levels.length; i++) {
      double before = levels[i - 1] - levels[i - 2];
      double after = levels[i] - levels[i - 1];
      double larger = Math.max(before, after);
      if (!(larger < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a level is not finite");
      }
      double ratio = Math.min(before, after) / larger;
      pool = pool.plus(single(previous, ratio));
      previous = ratio;
    }
    return pool;
  }

  /** One ratio after another; NaN stands for 0/0 or for no ratio. */
  private static LevelSpacing single(double previous, double ratio) {
    if (Double.isNaN(ratio)) {
      return new LevelSpacing(0, 0, 0, 0, 0, 1);
    }
    boolean pair = !Double.isNaN(previous);
    return new LevelSpacing(1, ratio, ratio * ratio, pair ? 1 : 0, pair ? previous * ratio : 0, 0);
  }

  /** Both samples together. */
  public LevelSpacing plus(LevelSpacing other) {
    return new LevelSpacing(
        count + other.count,
        sum + other.sum,
        sumOfSquares + other.sumOfSquares,
        neighbours + other.neighbours,
        sumOfProducts + other.sumOfProducts,
        undefined + other.undefined);
  }

  /**
   * ⟨r̃⟩ with its standard error; not applicable below two ratios.
   *
   * <p>Neighbouring ratios share a spacing and are correlated: the error of independent ratios is 20 to 25 % too small
   * on Gaussian singular values and 10 % on independent levels. The covariance of neighbours is added, never taken off.
   */
  public Estimate<Mean> mean() {
    if (count < 2) {
      return Estimate.notApplicable("%d spacing ratios, at least 2 are needed".formatted(count));
    }
    double mean = sum / count;
    double variance = Math.max(0, (sumOfSquares - sum * mean) / (count - 1));
    double covariance = neighbours == 0 ? 0 : Math.max(0, sumOfProducts / neighbours - mean * mean);
    return Estimate.of(new Mean(mean, Math.sqrt((variance + 2 * covariance * neighbours / count) / count)));
  }

  /** A mean and its standard error. */
  public record Mean(double value, double standardError) {}
}
