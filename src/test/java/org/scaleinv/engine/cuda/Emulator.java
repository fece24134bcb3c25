package org.scaleinv.engine.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scaleinv.error.EngineFailure;

/**
 * The emulated driver of this process, as emulator.h steers it: the one in the folder that the property {@code
 * scaleinv.emulator} names. Loaded when first used.
 */
public final class Emulator {
  private static final List<String> ALIVE =
      List.of("allocations", "bytes", "pinned", "streams", "events", "modules", "contexts", "handles");

  private static final long LONGEST_TEXT = 1 << 16;
  private static final SymbolLookup LIBRARY = load();
  private static final MethodHandle SET = function("emulator_set", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle RESET = function("emulator_reset", JAVA_INT);
  private static final MethodHandle FAIL = function("emulator_fail", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle COUNT = function("emulator_count", JAVA_LONG, ADDRESS);
  private static final MethodHandle CALLED = function("emulator_called", ADDRESS);
  private static final MethodHandle FAULT = function("emulator_fault", ADDRESS);

  private Emulator() {}

  /** Where its libraries lie. */
  public static Path folder() {
    return Path.of(System.getProperty("scaleinv.emulator")).toAbsolutePath().normalize();
  }

  /** An engine on device 0, its options as they stand now. */
  public static CudaEngine open() {
    return CudaEngine.open(0, true);
  }

  /** An engine whose transfers take many chunks, and that keeps no freed memory unless told so. */
  static CudaEngine open(long chunkBytes, long keptBytes) {
    return new CudaEngine(
        "cuda-emulated", Device.open("cuda-emulated", 0, true, new Device.Sizes(chunkBytes, keptBytes)));
  }

  public static void set(String option, long value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(option);
      assertEquals(0, call(() -> (int) SET.invokeExact(name, value)), "option " + option);
    }
  }

  /** Options, planned failures and counts as at the start. */
  public static void reset() {
    assertEquals(0, call(() -> (int) RESET.invokeExact()));
  }

  /** The n-th call from now on fails with that status and does nothing. */
  public static void fail(String function, long nth, int status) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(function);
      assertEquals(0, call(() -> (int) FAIL.invokeExact(name, nth, status)), "function " + function);
    }
  }

  public static long count(String figure) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(figure);
      return call(() -> (long) COUNT.invokeExact(name));
    }
  }

  /** How often each driver and cuBLAS function was called since the last reset. */
  public static Map<String, Long> calls() {
    var calls = new TreeMap<String, Long>();
    text(CALLED).lines().forEach(function -> calls.put(function, count("calls " + function)));
    return calls;
  }

  /** What the last faulty launch or misuse did, or "". */
  public static String fault() {
    return text(FAULT);
  }

  /** Fails unless everything that was made on the device was given back. */
  public static void assertNothingAlive() {
    var alive = new TreeMap<String, Long>();
    for (String figure : ALIVE) {
      if (count(figure) != 0) {
        alive.put(figure, count(figure));
      }
    }
    assertEquals(Map.of(), alive, "left on the device");
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup load() {
    try {
      JCudaLibraries.loadEmulatedDriver(folder());
    } catch (EngineFailure failed) {
      throw new AssertionError(failed);
    }
    return SymbolLookup.libraryLookup(folder().resolve("libcuda.so.1"), Arena.global());
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String symbol, MemoryLayout result, MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(LIBRARY.findOrThrow(symbol), FunctionDescriptor.of(result, parameters));
  }

  @SuppressWarnings("restricted")
  private static String text(MethodHandle function) {
    return call(() -> ((MemorySegment) function.invokeExact()).reinterpret(LONGEST_TEXT).getString(0));
  }

  private static <T> T call(Downcall<T> downcall) {
    try {
      return downcall.run();
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  @FunctionalInterface
  private interface Downcall<T> {
    T run() throws Throwable;
  }
}
