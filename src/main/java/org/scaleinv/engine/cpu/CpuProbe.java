package org.scaleinv.engine.cpu;

import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Probe;

/** A copy by the C library, and BLAS's matrix product, each thread a part of its own. */
final class CpuProbe implements Probe {
  private final CpuEngine engine;

  CpuProbe(CpuEngine engine) {
    this.engine = engine;
  }

  @Override
  public boolean sharesHostMemory() {
    return true;
  }

  /** Nothing goes on after its call has returned. */
  @Override
  public void await() {}

  @Override
  public void copy(Buffer from, Buffer to, int threads) {
    CpuBuffer source = engine.own(from);
    CpuBuffer target = engine.own(to);
    long bytes = source.elements().byteSize();
    if (target.elements().byteSize() != bytes) {
      throw new IllegalArgumentException("a copy of " + source.describe() + " to " + target.describe());
    }
    Native.check(
        Scaleinv.scaleinv_probe_copy(source.elements(), target.elements(), bytes, threads),
        () -> "copy of " + source.describe());
  }

  @Override
  public void multiply(Buffer left, Buffer right, Buffer product, int threads) {
    CpuBuffer a = engine.own(left);
    CpuBuffer b = engine.own(right);
    CpuBuffer c = engine.own(product);
    boolean alike = a.describe().equals(b.describe()) && a.describe().equals(c.describe());
    if (!alike || a.rows() != a.columns()) {
      throw new IllegalArgumentException(
          "a product " + a.describe() + " times " + b.describe() + " to " + c.describe());
    }
    Native.check(
        Scaleinv.scaleinv_probe_multiply(
            CpuWidening.code(a.dtype()), a.elements(), b.elements(), a.rows(), c.elements(), threads),
        () -> "product of two matrices " + a.describe());
  }
}
