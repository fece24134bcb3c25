package org.scaleinv.engine.cuda;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The kernels of a loaded module: each is looked up once, each launch is counted by name.
 *
 * <p>Safe for use by several threads at once; the context must be current.
 */
final class Kernels {
  private final Driver driver;
  private final long module;
  private final long stream;
  private final Map<String, Kernel> kernels = new ConcurrentHashMap<>();
  private final Map<String, List<Integer>> parameters;
  private final KernelTimer timer;
  private volatile String latest = "";

  /**
   * @param stream that all launches go to
   * @param parameters the bytes of each kernel's parameters, where known: launches are held to them
   * @param timer of that stream
   */
  Kernels(
      Driver driver, long module, long stream, Map<String, List<Integer>> parameters, KernelTimer timer) {
    this.timer = timer;
    this.driver = driver;
    this.module = module;
    this.stream = stream;
    this.parameters = parameters;
  }

  /**
   * Puts a launch on the compute stream.
   *
   * @param sharedBytes dynamic shared memory of a block; leave for it is taken here, as 48 KB without leave have to hold
   *     what the kernel declares, too
   * @param arguments as in {@link Driver#launch}
   */
  void launch(String name, Driver.Grid grid, int sharedBytes, Object... arguments) {
    Kernel kernel = kernels.computeIfAbsent(name, key -> new Kernel(driver.function(module, key)));
    if (sharedBytes > 0) {
      kernel.allow(driver, sharedBytes);
    }
    EmulatedKernels.requireFit(name, parameters.get(name), arguments);
    latest = name;
    timer.around(name, () -> driver.launch(kernel.function, grid, sharedBytes, stream, arguments));
    kernel.launches.incrementAndGet();
  }

  /** How often each kernel was launched, by name. */
  SortedMap<String, Long> launches() {
    var counts = new TreeMap<String, Long>();
    kernels.forEach(
        (name, kernel) -> {
          if (kernel.launches.get() > 0) {
            counts.put(name, kernel.launches.get());
          }
        });
    return counts;
  }

  /** The kernel launched last, or "". A fault shows at a later call, and is most often that kernel's. */
  String latest() {
    return latest;
  }

  private static final class Kernel {
    private final long function;
    private final AtomicLong launches = new AtomicLong();
    private int allowed;

    Kernel(long function) {
      this.function = function;
    }

    synchronized void allow(Driver driver, int bytes) {
      if (bytes > allowed) {
        driver.allowSharedMemory(function, bytes);
        allowed = bytes;
      }
    }
  }
}
