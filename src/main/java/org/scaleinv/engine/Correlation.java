package org.scaleinv.engine;

import java.util.BitSet;

/**
 * Pearson correlations between variables, the rows of a matrix (N variables, T samples), T ≥ 2, in F32.
 *
 * <p>The correlation of i and j is the same number to the bit in every method, in both orders, for any number of threads,
 * however the work is cut and whichever other variables take part. It lies in [−1, 1]; of a variable with itself it is
 * exactly 1. A variable that is constant or has a sample that is NaN or infinite has no correlation: it is NaN with every
 * variable and itself, and others stay as they are.
 *
 * <p>Errors: inner products of two rows of {@link #standardise}, summed in single precision, err by at most
 * γ(T + 3)·Σ|xₖ||yₖ| ≤ γ(T + 3), with γ(m) = m·2⁻²⁴ / (1 − m·2⁻²⁴). Two engines, or two instruction sets of one, may
 * differ by that, and so may what they call best where correlations are nearer to each other than that.
 */
public interface Correlation {
  /**
   * Variables less their means and divided by their lengths, so that inner products of rows are correlations. In double
   * precision, rounded once.
   *
   * @param variables (N, T), F32 or F64
   */
  Standardised standardise(Buffer variables, int threads);

  /** All correlations: (N, N). */
  default Buffer matrix(Buffer standardised, int threads) {
    return rows(standardised, 0, standardised.rows(), threads);
  }

  /** Rows {@code from} … {@code from + count − 1} of {@link #matrix}: (count, N). */
  Buffer rows(Buffer standardised, long from, long count, int threads);

  /** All correlations on the host, block of rows by block of rows, with engine memory for a few blocks only. */
  void stream(Buffer standardised, int threads, Distances.RowSink sink);

  /** The best partner of every variable, without the matrix. */
  default BestPartners bestPartners(Buffer standardised, int threads) {
    var all = new BitSet();
    all.set(0, Math.toIntExact(standardised.rows()));
    return bestPartners(standardised, all, threads);
  }

  /**
   * The best partner of each of some variables among them; what the others cost is nothing.
   *
   * <p>With the order in which a larger correlation comes first, and of equal ones the pair with the smaller index first
   * and then the smaller second one, two variables that are each other's best come before all other pairs of either. So
   * pairing all such, and asking again among the rest, gives the pairs that a sort of all correlations gives (Meshulam,
   * Gauthier, Brody, Tank, Bialek 2019, real-space coarse-graining).
   *
   * @param among N bits
   */
  BestPartners bestPartners(Buffer standardised, BitSet among, int threads);
}
