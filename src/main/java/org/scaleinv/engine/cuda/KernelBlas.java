package org.scaleinv.engine.cuda;

import java.util.Optional;
import org.scaleinv.error.EngineFailure;

/** The project's own kernel, for machines without cuBLAS. */
final class KernelBlas implements Blas {
  private static final int TILE = 64;
  private static final int THREADS = 256;
  private static final String NO_PRODUCT =
      "no cuBLAS was found, and there is no kernel for it; scaleinv engines says where cuBLAS was looked for";

  private final Kernels kernels;

  KernelBlas(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return "own kernel";
  }

  @Override
  public void accumulateGram(long gram, long order, long panel, long length, boolean acrossColumns) {
    if (order == 0 || length == 0) {
      return;
    }
    long tiles = Math.ceilDiv(order, TILE);
    kernels.launch(
        "gram_accumulate",
        Driver.Grid.of(tiles * (tiles + 1) / 2, THREADS),
        0,
        gram,
        order,
        panel,
        length,
        acrossColumns ? 1 : 0);
  }

  /** There is no such kernel: nothing but {@code scaleinv bench} multiplies whole matrices so far. */
  @Override
  public Optional<String> noProduct() {
    return Optional.of(NO_PRODUCT);
  }

  @Override
  public void multiply(boolean doubles, long order, long left, long right, long product) {
    throw new EngineFailure("cuda engine: product of two matrices of order " + order + ": " + NO_PRODUCT);
  }

  @Override
  public void close() {}
}
