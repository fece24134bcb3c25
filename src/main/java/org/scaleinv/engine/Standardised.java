package org.scaleinv.engine;

import java.util.BitSet;

/**
 * Variables of mean 0 and length 1, and those that cannot be, which are rows of NaN.
 *
 * @param rows (N, T), F32; closed with this
 * @param constant variables whose samples are all the same number
 * @param notFinite variables with a sample that is NaN or infinite
 */
public record Standardised(Buffer rows, BitSet constant, BitSet notFinite) implements AutoCloseable {
  /** The variables that have correlations. */
  public BitSet correlated() {
    var correlated = new BitSet();
    correlated.set(0, Math.toIntExact(rows.rows()));
    correlated.andNot(constant);
    correlated.andNot(notFinite);
    return correlated;
  }

  @Override
  public void close() {
    rows.close();
  }
}
