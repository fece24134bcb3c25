package org.scaleinv.engine.cuda;

/** cuBLAS, its calls timed under the names of its functions. */
record TimedBlas(Blas library, KernelTimer timer) implements Blas {
  @Override
  public String name() {
    return library.name();
  }

  @Override
  public void accumulateGram(long gram, long order, long panel, long length, boolean acrossColumns) {
    timer.around("cuBLAS dsyrk", () -> library.accumulateGram(gram, order, panel, length, acrossColumns));
  }

  @Override
  public void multiply(boolean doubles, long order, long left, long right, long product) {
    timer.around(
        doubles ? "cuBLAS dgemm" : "cuBLAS sgemm", () -> library.multiply(doubles, order, left, right, product));
  }

  @Override
  public void close() {
    library.close();
  }
}
