package org.scaleinv.engine.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/**
 * cuBLAS of any version from 11 on, its functions bound here: they kept their names and signatures. Handles, streams
 * and device addresses cross as 64-bit integers.
 */
final class PanamaBlas extends Cublas {
  /** What a library must have to be used. */
  static final List<String> FUNCTIONS =
      List.of(
          "cublasCreate_v2", "cublasDestroy_v2", "cublasSetStream_v2", "cublasGetVersion_v2", "cublasDsyrk_v2",
          "cublasDgemm_v2", "cublasSgemm_v2");

  private final SymbolLookup library;
  private final MethodHandle destroy;
  private final MethodHandle updateSymmetric;
  private final MethodHandle multiplyDoubles;
  private final MethodHandle multiplyFloats;
  private final MemorySegment one = Arena.ofAuto().allocateFrom(JAVA_DOUBLE, 1);
  private final MemorySegment zero = Arena.ofAuto().allocateFrom(JAVA_DOUBLE, 0);
  private final MemorySegment oneFloat = Arena.ofAuto().allocateFrom(JAVA_FLOAT, 1);
  private final MemorySegment zeroFloat = Arena.ofAuto().allocateFrom(JAVA_FLOAT, 0);
  private final long handle;
  private final String name;

  /**
   * The context must be current.
   *
   * @param library one that {@link CublasLocator} took: its path, or its bare name where the loader finds it
   */
  PanamaBlas(String library, long stream) {
    this.library = load(library);
    destroy = function("cublasDestroy_v2", JAVA_LONG);
    updateSymmetric =
        function(
            "cublasDsyrk_v2",
            JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT);
    multiplyDoubles = product("cublasDgemm_v2");
    multiplyFloats = product("cublasSgemm_v2");
    MethodHandle create = function("cublasCreate_v2", ADDRESS);
    MethodHandle setStream = function("cublasSetStream_v2", JAVA_LONG, JAVA_LONG);
    MethodHandle getVersion = function("cublasGetVersion_v2", JAVA_LONG, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(JAVA_LONG);
      check("cublasCreate", call(() -> (int) create.invokeExact(answer)));
      handle = answer.get(JAVA_LONG, 0);
      name = configure(setStream, stream, getVersion, answer);
    }
  }

  /**
   * The library, loaded for good.
   *
   * @throws IllegalArgumentException when the system does not load it
   */
  @SuppressWarnings("restricted")
  static SymbolLookup load(String library) {
    return library.contains("/")
        ? SymbolLookup.libraryLookup(Path.of(library), Arena.global())
        : SymbolLookup.libraryLookup(library, Arena.global());
  }

  private String configure(MethodHandle setStream, long stream, MethodHandle getVersion, MemorySegment answer) {
    try {
      check("cublasSetStream", call(() -> (int) setStream.invokeExact(handle, stream)));
      check("cublasGetVersion", call(() -> (int) getVersion.invokeExact(handle, answer)));
      return name(answer.get(JAVA_INT, 0));
    } catch (DriverFailure failed) {
      call(() -> (int) destroy.invokeExact(handle));
      throw failed;
    }
  }

  private MethodHandle product(String symbol) {
    return function(
        symbol,
        JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT,
        ADDRESS, JAVA_LONG, JAVA_INT);
  }

  @SuppressWarnings("restricted")
  private MethodHandle function(String symbol, MemoryLayout... parameters) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(symbol),
        FunctionDescriptor.of(JAVA_INT, parameters));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  int updateSymmetric(int operation, int n, int k, long a, long c) {
    int lead = operation == NOT_TRANSPOSED ? n : k;
    return call(
        () -> (int) updateSymmetric.invokeExact(handle, UPPER, operation, n, k, one, a, lead, one, c, n));
  }

  @Override
  int multiplyDoubles(int n, long a, long b, long c) {
    int plain = NOT_TRANSPOSED;
    return call(
        () -> (int) multiplyDoubles.invokeExact(handle, plain, plain, n, n, n, one, a, n, b, n, zero, c, n));
  }

  @Override
  int multiplyFloats(int n, long a, long b, long c) {
    int plain = NOT_TRANSPOSED;
    return call(
        () -> (int) multiplyFloats.invokeExact(handle, plain, plain, n, n, n, oneFloat, a, n, b, n, zeroFloat, c, n));
  }

  @Override
  int destroy() {
    return call(() -> (int) destroy.invokeExact(handle));
  }

  private static int call(Downcall downcall) {
    try {
      return downcall.run();
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  @FunctionalInterface
  private interface Downcall {
    int run() throws Throwable;
  }
}
