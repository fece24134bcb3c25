package org.scaleinv.engine.cuda;

import java.util.Set;
import java.util.function.Supplier;
import org.scaleinv.error.EngineFailure;

/**
 * Turns driver failures into errors that say what was being done, on which device, and what can be done; remembers the
 * failure after which the device answers nothing any more.
 *
 * <p>Safe for use by several threads at once.
 */
final class Failures {
  static final int OUT_OF_MEMORY = 2;
  private static final int DEVICE_UNAVAILABLE = 46;
  static final int NO_DEVICE = 100;
  private static final int INVALID_DEVICE = 101;
  private static final int INVALID_IMAGE = 200;
  private static final int NO_BINARY_FOR_GPU = 209;
  private static final int INVALID_PTX = 218;
  private static final int UNSUPPORTED_PTX_VERSION = 222;
  private static final int NOT_FOUND = 500;
  static final int SYSTEM_DRIVER_MISMATCH = 803;

  /**
   * After these every call in the context fails until it is destroyed (CUresult in the CUDA driver API reference): ECC,
   * NVLink, illegal address, launch timeout, assert, hardware stack, illegal instruction, misaligned address, address
   * space, invalid program counter, launch failed, destroyed context, unknown.
   */
  private static final Set<Integer> STICKY = Set.of(214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

  private final String engine;
  private final String device;
  private final Supplier<String> versions;
  private final Supplier<String> latestKernel;
  private volatile String fault;

  /**
   * @param device "device 0 (NAME)"
   * @param versions what the driver serves and what built the kernels, for failures of loading
   * @param latestKernel the kernel launched last, or ""
   */
  Failures(String engine, String device, Supplier<String> versions, Supplier<String> latestKernel) {
    this.engine = engine;
    this.device = device;
    this.versions = versions;
    this.latestKernel = latestKernel;
  }

  /** Whether every later call in the context fails, too. */
  static boolean isFault(DriverFailure failed) {
    return STICKY.contains(failed.status());
  }

  boolean faulted() {
    return fault != null;
  }

  /** @throws EngineFailure after a fault that took the device away */
  void requireUsable(Supplier<String> operation) {
    if (fault != null) {
      throw new EngineFailure(
          engine + " engine: " + operation.get() + " on " + device + ": the device answers nothing since " + fault
              + "; start again");
    }
  }

  EngineFailure translate(String operation, DriverFailure failed) {
    String advice = advice(failed);
    if (isFault(failed) && fault == null) {
      fault = failed.getMessage() + " in " + operation;
    }
    return new EngineFailure(
        engine + " engine: " + operation + " on " + device + ": " + failed.getMessage()
            + (advice.isEmpty() ? "" : ": " + advice),
        failed);
  }

  private String advice(DriverFailure failed) {
    if (!failed.advice().isEmpty()) {
      return failed.advice();
    }
    if (isFault(failed)) {
      String kernel = latestKernel.get();
      String origin = kernel.isEmpty() ? "" : "the kernel launched last was " + kernel + ", the fault may be its; ";
      return origin + "the device answers nothing more in this process, start again";
    }
    return switch (failed.status()) {
      case OUT_OF_MEMORY -> "the device or the host has no more memory of the kind";
      case DEVICE_UNAVAILABLE -> "another process holds the device for itself, or it is shut off; see nvidia-smi";
      case NO_DEVICE, INVALID_DEVICE -> "see `scaleinv engines` for the devices there are";
      case INVALID_IMAGE, NO_BINARY_FOR_GPU, INVALID_PTX, UNSUPPORTED_PTX_VERSION -> versions.get();
      case NOT_FOUND -> "the kernels loaded are not those of this version; build again";
      case SYSTEM_DRIVER_MISMATCH -> "the driver was updated under a running system; restart the machine";
      default -> "";
    };
  }
}
