package org.scaleinv.engine.cuda;

import java.util.Optional;

/** Gram matrices by the project's kernel, all else by the library: to compare the two. */
record OwnGram(Blas library, KernelBlas kernel) implements Blas {
  @Override
  public String name() {
    return library.name() + ", Gram matrices by " + kernel.name();
  }

  @Override
  public void accumulateGram(long gram, long order, long panel, long length, boolean acrossColumns) {
    kernel.accumulateGram(gram, order, panel, length, acrossColumns);
  }

  @Override
  public Optional<String> noProduct() {
    return library.noProduct();
  }

  @Override
  public void multiply(boolean doubles, long order, long left, long right, long product) {
    library.multiply(doubles, order, left, right, product);
  }

  @Override
  public void close() {
    library.close();
  }
}
