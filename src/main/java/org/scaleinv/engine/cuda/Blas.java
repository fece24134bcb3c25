package org.scaleinv.engine.cuda;

import java.util.Optional;

/**
 * Matrix products on the device, row-major; addresses are device addresses. Work is put on the compute stream of the
 * engine that opened it.
 *
 * <p>Safe for use by several threads at once; the context must be current.
 */
interface Blas extends AutoCloseable {
  /** What computes, for the profile and {@code scaleinv engines}: "cuBLAS 12.6.1", "own kernel". */
  String name();

  /**
   * In double precision, gram (order, order) += panelᵀ·panel for a panel of (length, order), or panel·panelᵀ for one of
   * (order, length) when {@code acrossColumns}. Only the lower triangle (row ≥ column) is meaningful afterwards.
   */
  void accumulateGram(long gram, long order, long panel, long length, boolean acrossColumns);

  /** Why it does not {@link #multiply}; empty where it does. */
  default Optional<String> noProduct() {
    return Optional.empty();
  }

  /** product = left·right, all (order, order) of doubles or else of floats. */
  void multiply(boolean doubles, long order, long left, long right, long product);

  @Override
  void close();
}
