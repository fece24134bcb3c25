package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import org.scaleinv.engine.NativeCache;
import org.scaleinv.error.EngineFailure;

/**
 * Loads the native libraries of a process that computes by CUDA: the driver, JCuda's binding of it, and cuBLAS. A
 * process has one driver for good, the machine's or the emulated one; JCuda's classes are touched here first.
 *
 * <p>Safe for use by several threads at once.
 */
final class JCudaLibraries {
  static final String DRIVER = "libcuda.so.1";
  /** How the failure begins that says that the machine has no driver. */
  static final String NO_DRIVER = "no CUDA driver: ";

  private static final String CUBLAS = "libcublas.so.12";

  /** A function that only the emulated driver has. */
  private static final String MARK_OF_EMULATION = "emulator_reset";

  /** JCuda names its libraries by its version and the platform. */
  private static final String SUFFIX = "-12.6.0-linux-x86_64.so";

  private static final List<String> BINDINGS = List.of("libJCudaDriver" + SUFFIX, "libJCublas2" + SUFFIX);

  /** The folder of the emulated driver, or {@link #MACHINE}; null until one is loaded. */
  private static Path loaded;

  private static final Path MACHINE = Path.of("");

  private static boolean cublasLoaded;

  private JCudaLibraries() {}

  /**
   * Loads the machine's driver.
   *
   * @throws EngineFailure when there is none, it lacks a function that the engine calls, or this process has the
   *     emulated one
   */
  static void loadDriver() {
    load(MACHINE);
  }

  /**
   * Loads the emulated driver and its cuBLAS.
   *
   * @param folder that holds libcuda.so.1 and libcublas.so.12
   * @throws EngineFailure when they are not there or this process has another driver
   */
  static void loadEmulatedDriver(Path folder) {
    load(folder.toAbsolutePath().normalize());
  }

  private static synchronized void load(Path driver) {
    if (driver.equals(loaded)) {
      return;
    }
    if (loaded != null) {
      throw new EngineFailure(
          "this process computes by " + describe(loaded) + " and cannot change to " + describe(driver));
    }
    if (!driver.equals(MACHINE)) {
      loadFile(driver.resolve(DRIVER));
      loadFile(driver.resolve(CUBLAS));
    }
    requireFunctions(driver.equals(MACHINE));
    loadBinding(JCudaDriver.class);
    loaded = driver;
  }

  /**
   * Loads JCuda's binding of cuBLAS 12.
   *
   * @param library the libcublas.so.12 to take, of the emulated driver the one already loaded; null leaves finding it
   *     to the system's loader
   * @throws EngineFailure when it cannot be loaded
   */
  static synchronized void loadCublas(Path library) {
    if (cublasLoaded) {
      return;
    }
    if (library != null) {
      loadFile(library);
    }
    loadBinding(JCublas2.class);
    cublasLoaded = true;
  }

  private static String describe(Path driver) {
    return driver.equals(MACHINE) ? "the machine's CUDA driver" : "the emulated CUDA driver of " + driver;
  }

  /** A function that is missing would end the process at its first call, because JCuda binds them lazily. */
  @SuppressWarnings("restricted")
  private static void requireFunctions(boolean machine) {
    SymbolLookup driver;
    try {
      driver = SymbolLookup.libraryLookup(DRIVER, Arena.global());
    } catch (IllegalArgumentException absent) {
      throw new EngineFailure(NO_DRIVER + DRIVER + " was not found by the system's loader", absent);
    }
    if (machine && driver.find(MARK_OF_EMULATION).isPresent()) {
      throw new EngineFailure(
          "the " + DRIVER + " that the system's loader finds is the emulated driver, not a real one");
    }
    List<String> missing = DriverFunctions.NAMES.stream().filter(name -> driver.find(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new EngineFailure(
          "the CUDA driver " + DRIVER + " lacks " + missing.size() + " of the " + DriverFunctions.NAMES.size()
              + " functions that are needed, " + missing.getFirst() + " to begin with: take a newer driver");
    }
  }

  @SuppressWarnings("restricted")
  private static void loadFile(Path library) {
    if (!Files.isRegularFile(library)) {
      throw new EngineFailure(library + " is not there");
    }
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError refused) {
      throw new EngineFailure("cannot load " + library + ": " + refused.getMessage(), refused);
    }
  }

  /**
   * Initialises a class of JCuda. Its own loader takes the library that lies in java.io.tmpdir and unpacks it there
   * under a fixed name where it does not: that property names the folder in which it lies already.
   */
  private static void loadBinding(Class<?> binding) {
    Path folder = NativeCache.folderOf(BINDINGS.stream().map(JCudaLibraries::resource).toList(), "JCuda");
    String temporary = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      Class.forName(binding.getName(), true, binding.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError(impossible);
    } catch (UnsatisfiedLinkError refused) {
      throw new EngineFailure("cannot load JCuda's " + binding.getSimpleName() + ": " + refused.getMessage(), refused);
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  private static URL resource(String library) {
    URL url = JCudaLibraries.class.getResource("/org/scaleinv/native/jcuda/" + library);
    if (url == null) {
      throw new EngineFailure("the build lacks the native library " + library);
    }
    return url;
  }
}
