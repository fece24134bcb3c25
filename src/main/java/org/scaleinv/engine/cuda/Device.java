package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** Names what accumulates Gram matrices: "own" for the project's kernel, to compare it with cuBLAS. */
  private static final String GRAM = "scaleinv.gram";

  private static final String OWN_GRAM = "own";

  private final KernelImage image = KernelImage.ofBuild();
  private final JCudaDriver driver;
  private final boolean emulated;
  private final DeviceInfo info;
  private final int driverVersion;
  private final Failures failures;
  private final Releases releases = new Releases();
  private final List<Long> events = new ArrayList<>();
  private long context;
  private Streams streams;
  private KernelTimer timer;
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

  private Device(String engine, JCudaDriver driver, DeviceInfo info, boolean emulated) {
    this.driver = driver;
    this.emulated = emulated;
    this.info = info;
    driverVersion = driver.version();
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
      device = new Device(engine, driver, driver.device(ordinal), emulated);
    } catch (DriverFailure failed) {
      throw new Failures(engine, "device " + ordinal, () -> "", () -> "").translate("opening", failed);
    }
    device.acquire(sizes);
    return device;
  }

  private void acquire(Sizes sizes) {
    try {
      context = driver.retainContext(info.ordinal());
      releases.add(() -> driver.releaseContext(info.ordinal()));
      releases.add(() -> driver.makeCurrent(0));
      driver.makeCurrent(context);
      streams = new Streams(stream(), stream());
      long module = driver.loadModule(MemorySegment.ofArray(image()));
      releases.add(() -> driver.unloadModule(module));
      timer = new KernelTimer(this);
      kernels = new Kernels(
          driver, module, streams.compute(), emulated ? EmulatedKernels.parameters() : Map.of(), timer);
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

  private byte[] image() {
    return emulated && !image.present() ? STUB.getBytes(StandardCharsets.US_ASCII) : image.bytes();
  }

  private String whyNotLoaded() {
    String versions = "the driver serves CUDA " + KernelImage.cudaVersion(driverVersion);
    return image.present()
        ? image.refusal(info, driverVersion).orElse(versions + ", the kernels were built by nvcc " + image.nvcc())
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

  /** Takes a block back. A fault that shows here is left for the next call to tell, which fails by it as well. */
  void release(DevicePool.Block block, Supplier<String> description) {
    if (failures.faulted()) {
      return;
    }
    try {
      driver.makeCurrent(context);
      pool.give(block);
    } catch (DriverFailure failed) {
      if (!Failures.isFault(failed)) {
        throw failures.translate("release of " + description.get(), failed);
      }
    }
  }

  /** An event, given back by {@link #giveEvent} for later use. */
  synchronized long takeEvent() {
    if (!events.isEmpty()) {
      return events.removeLast();
    }
    long event = driver.createEvent();
    releases.add(() -> driver.destroyEvent(event));
    return event;
  }

  synchronized void giveEvent(long event) {
    events.add(event);
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

  KernelTimer timer() {
    return timer;
  }

  DevicePool pool() {
    return pool;
  }

  PinnedChunks chunks() {
    return chunks;
  }

  /** Opened at the first call: cuBLAS takes a while, and device memory for itself. */
  synchronized Blas blas() {
    if (blas == null) {
      blas = timed(openBlas());
      releases.add(blas::close);
    }
    return blas;
  }

  private Blas timed(Blas opened) {
    Blas products = opened instanceof KernelBlas ? opened : new TimedBlas(opened, timer);
    return OWN_GRAM.equals(System.getProperty(GRAM)) ? new OwnGram(products, new KernelBlas(kernels)) : products;
  }

  /** A further one, the caller's to close. */
  Blas openBlas() {
    if (emulated) {
      JCudaLibraries.loadCublas(null);
      return new JCublasBlas(driver.runtimeStream(streams.compute()));
    }
    CublasLocator.Search search = new CublasLocator().search(driverVersion);
    return switch (search.major()) {
      case 0 -> new KernelBlas(kernels);
      case 12 -> {
        JCudaLibraries.loadCublas(search.library().contains("/") ? Path.of(search.library()) : null);
        yield new JCublasBlas(driver.runtimeStream(streams.compute()));
      }
      default -> new PanamaBlas(search.library(), streams.compute());
    };
  }

  /**
   * Releases everything, then the context, with which goes what the driver refused to release by itself.
   *
   * @throws EngineFailure for the first refusal, unless it follows from a fault that was reported before
   */
  void close() {
    if (releases.done()) {
      return;
    }
    boolean faulted = failures.faulted();
    releases.add(() -> driver.makeCurrent(context));
    try {
      releases.run();
    } catch (DriverFailure refused) {
      if (!faulted) {
        throw failures.translate("closing", refused);
      }
    }
  }
}
