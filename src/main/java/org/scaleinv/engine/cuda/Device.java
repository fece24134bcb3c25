package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.scaleinv.error.EngineFailure;

/**
 * An opened device: its context, streams, kernels, memory and chunks, released together.
 *
 * <p>Safe for use by several threads at once, closing apart.
 */
final class Device {
  /** The emulated driver has the kernels built in, and asks only for an image of a kind it knows. */
  private static final String STUB = ".version 6.4\n.target sm_70\n.address_size 64\n";

  private final KernelImage image = KernelImage.ofBuild();
  private final Driver driver;
  private final DeviceInfo info;
  private final Failures failures;
  private final Releases releases = new Releases();
  private long context;
  private Streams streams;
  private Kernels kernels;
  private DevicePool pool;
  private PinnedChunks chunks;
  private Blas blas;

  /**
   * @param chunk bytes of each of the two pinned chunks
   * @param kept bytes of freed device memory that are kept at most; −1 for a quarter of the device
   */
  record Sizes(long chunk, long kept) {
    static final Sizes DEFAULT = new Sizes(PinnedChunks.BYTES, -1);
  }

  private Device(String engine, Driver driver, DeviceInfo info) {
    this.driver = driver;
    this.info = info;
    failures =
        new Failures(
            engine,
            "device " + info.ordinal() + " (" + info.name() + ")",
            this::whyNotLoaded,
            () -> kernels == null ? "" : kernels.latest());
  }

  /** @throws EngineFailure naming the device and what it refused; nothing stays open then */
  static Device open(String engine, int ordinal, boolean emulated, Sizes sizes) {
    Device device;
    try {
      var driver = new JCudaDriver();
      int count = driver.deviceCount();
      if (ordinal < 0 || ordinal >= count) {
        throw new EngineFailure(
            engine + " engine: there is no device " + ordinal + ", the driver shows " + count
                + (count == 1 ? " device" : " devices"));
      }
      device = new Device(engine, driver, driver.device(ordinal));
    } catch (DriverFailure failed) {
      throw new Failures(engine, "device " + ordinal, () -> "", () -> "").translate("opening", failed);
    }
    device.acquire(emulated, sizes);
    return device;
  }

  private void acquire(boolean emulated, Sizes sizes) {
    try {
      context = driver.retainContext(info.ordinal());
      driver.makeCurrent(context);
      streams = new Streams(stream(), stream());
      long module = driver.loadModule(MemorySegment.ofArray(image(emulated)));
      releases.add(() -> driver.unloadModule(module));
      kernels = new Kernels(driver, module, streams.compute());
      pool = new DevicePool(driver, streams, sizes.kept() < 0 ? info.memory() / 4 : sizes.kept());
      releases.add(pool::close);
      chunks = new PinnedChunks(driver, streams, sizes.chunk(), releases);
      releases.add(() -> driver.synchronize(streams.copy()));
      releases.add(() -> driver.synchronize(streams.compute()));
    } catch (DriverFailure failed) {
      throw closedAfter(failures.translate("opening", failed));
    } catch (RuntimeException failed) {
      throw closedAfter(failed);
    }
  }

  private byte[] image(boolean emulated) {
    return emulated && !image.present() ? STUB.getBytes(StandardCharsets.US_ASCII) : image.bytes();
  }

  private String whyNotLoaded() {
    int version = driver.version();
    String versions = "the driver serves CUDA " + KernelImage.cudaVersion(version);
    return image.present()
        ? image.refusal(info, version).orElse(versions + ", the kernels were built by nvcc " + image.nvcc())
        : versions;
  }

  private long stream() {
    long stream = driver.createStream();
    releases.add(() -> driver.destroyStream(stream));
    return stream;
  }

  private RuntimeException closedAfter(RuntimeException failed) {
    try {
      close();
    } catch (EngineFailure alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
    return failed;
  }

  /** Runs work with the context current; driver failures become errors that name the operation. */
  <T> T perform(Supplier<String> operation, Supplier<T> work) {
    failures.requireUsable(operation);
    try {
      driver.makeCurrent(context);
      return work.get();
    } catch (DriverFailure failed) {
      throw failures.translate(operation.get(), failed);
    }
  }

  boolean faulted() {
    return failures.faulted();
  }

  Driver driver() {
    return driver;
  }

  DeviceInfo info() {
    return info;
  }

  Streams streams() {
    return streams;
  }

  Kernels kernels() {
    return kernels;
  }

  DevicePool pool() {
    return pool;
  }

  PinnedChunks chunks() {
    return chunks;
  }

  synchronized Blas blas() {
    if (blas == null) {
      blas = new KernelBlas(kernels);
      releases.add(blas::close);
    }
    return blas;
  }

  /**
   * Releases everything, then the context, with which goes what the driver refused to release by itself.
   *
   * @throws EngineFailure for the first refusal, unless a fault explains it
   */
  void close() {
    if (context == 0) {
      return;
    }
    boolean explained = failures.faulted();
    DriverFailure first = null;
    for (Runnable step : new Runnable[] {this::releaseAll, this::releaseContext}) {
      try {
        step.run();
      } catch (DriverFailure failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null && !explained) {
      throw failures.translate("closing", first);
    }
  }

  private void releaseAll() {
    driver.makeCurrent(context);
    releases.run();
  }

  private void releaseContext() {
    driver.makeCurrent(0);
    driver.releaseContext(info.ordinal());
    context = 0;
  }
}
