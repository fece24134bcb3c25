package org.scaleinv.engine.cuda;

import java.util.List;
import java.util.Optional;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.KernelTime;
import org.scaleinv.engine.Probe;
import org.scaleinv.tensor.DType;

/** The driver's own copy on the device, and the matrix product of the engine's BLAS. Threads are of no account. */
final class CudaProbe implements Probe {
  private final CudaEngine engine;
  private final Device device;

  CudaProbe(CudaEngine engine, Device device) {
    this.engine = engine;
    this.device = device;
  }

  @Override
  public boolean sharesHostMemory() {
    return false;
  }

  @Override
  public void await() {
    engine.perform(
        () -> "end of all work",
        () -> {
          device.driver().synchronize(device.streams().copy());
          device.driver().synchronize(device.streams().compute());
        });
  }

  @Override
  public void copy(Buffer from, Buffer to, int threads) {
    CudaBuffer source = engine.own(from);
    CudaBuffer target = engine.own(to);
    if (target.byteSize() != source.byteSize()) {
      throw new IllegalArgumentException("a copy of " + source.describe() + " to " + target.describe());
    }
    engine.perform(
        () -> "copy of " + source.describe(),
        () -> device.timer().around(
            "driver copy",
            () -> device.driver()
                .copyOnDevice(target.address(), source.address(), source.byteSize(), device.streams().compute())));
  }

  @Override
  public Optional<String> noProduct() {
    return engine.perform(() -> "opening of cuBLAS", () -> engine.blas().noProduct());
  }

  @Override
  public void multiply(Buffer left, Buffer right, Buffer product, int threads) {
    CudaBuffer a = engine.own(left);
    CudaBuffer b = engine.own(right);
    CudaBuffer c = engine.own(product);
    boolean alike = a.describe().equals(b.describe()) && a.describe().equals(c.describe());
    if (!alike || a.rows() != a.columns() || (a.dtype() != DType.F32 && a.dtype() != DType.F64)) {
      throw new IllegalArgumentException(
          "a product " + a.describe() + " times " + b.describe() + " to " + c.describe());
    }
    engine.perform(
        () -> "product of two matrices " + a.describe(),
        () -> engine.blas().multiply(a.dtype() == DType.F64, a.rows(), a.address(), b.address(), c.address()));
  }

  @Override
  public List<KernelTime> timed(Runnable work) {
    KernelTimer timer = device.timer();
    timer.start();
    try {
      work.run();
      return engine.perform(() -> "times of kernels", timer::times);
    } finally {
      timer.stop();
    }
  }
}
