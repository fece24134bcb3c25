package org.scaleinv.bindings;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions and constants of {@code native/include/scaleinv.h}, in the shape that jextract gives them: a constant a
 * macro; a descriptor, a handle and a wrapper a function. What they mean stands in the header; a test holds this class
 * to it.
 *
 * <p>{@link #load} comes before the first use of a function.
 */
public final class Scaleinv {
  private static volatile SymbolLookup library;

  private Scaleinv() {}

  /** Names the loaded library that the functions are looked up in. The first one stays. */
  public static synchronized void load(SymbolLookup symbols) {
    if (library == null) {
      library = symbols;
    }
  }

  @SuppressWarnings("restricted")
  static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    var symbols = library;
    if (symbols == null) {
      throw new IllegalStateException("no library was loaded for " + name);
    }
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
  }

  private static AssertionError unexpected(Throwable thrown) {
    return new AssertionError("a downcall threw", thrown);
  }

  public static int SCALEINV_ABI_VERSION() {
    return 6;
  }

  public static int SCALEINV_OK() {
    return 0;
  }

  public static int SCALEINV_INVALID_ARGUMENT() {
    return 1;
  }

  public static int SCALEINV_OUT_OF_MEMORY() {
    return 2;
  }

  public static int SCALEINV_NUMERICAL() {
    return 3;
  }

  public static int SCALEINV_INTERNAL() {
    return 4;
  }

  public static int SCALEINV_CANCELLED() {
    return 5;
  }

  public static int SCALEINV_BOOL() {
    return 0;
  }

  public static int SCALEINV_U8() {
    return 1;
  }

  public static int SCALEINV_I8() {
    return 2;
  }

  public static int SCALEINV_F8_E5M2() {
    return 3;
  }

  public static int SCALEINV_F8_E4M3() {
    return 4;
  }

  public static int SCALEINV_F8_E8M0() {
    return 5;
  }

  public static int SCALEINV_F8_E4M3FNUZ() {
    return 6;
  }

  public static int SCALEINV_F8_E5M2FNUZ() {
    return 7;
  }

  public static int SCALEINV_I16() {
    return 8;
  }

  public static int SCALEINV_U16() {
    return 9;
  }

  public static int SCALEINV_F16() {
    return 10;
  }

  public static int SCALEINV_BF16() {
    return 11;
  }

  public static int SCALEINV_I32() {
    return 12;
  }

  public static int SCALEINV_U32() {
    return 13;
  }

  public static int SCALEINV_F32() {
    return 14;
  }

  public static int SCALEINV_F64() {
    return 15;
  }

  public static int SCALEINV_I64() {
    return 16;
  }

  public static int SCALEINV_U64() {
    return 17;
  }

  public static int SCALEINV_SIMD_BASELINE() {
    return 0;
  }

  public static int SCALEINV_SIMD_AVX2() {
    return 1;
  }

  public static int SCALEINV_SIMD_AVX512() {
    return 2;
  }

  public static int SCALEINV_METRIC_EUCLIDEAN() {
    return 0;
  }

  public static int SCALEINV_METRIC_SQUARED_EUCLIDEAN() {
    return 1;
  }

  public static int SCALEINV_METRIC_COSINE() {
    return 2;
  }

  public static int SCALEINV_METRIC_MANHATTAN() {
    return 3;
  }

  public static int SCALEINV_METRIC_CHEBYSHEV() {
    return 4;
  }

  public static int SCALEINV_METRIC_CORRELATION() {
    return 5;
  }

  public static int SCALEINV_PACKING_LOWER() {
    return 0;
  }

  public static int SCALEINV_PACKING_UPPER() {
    return 1;
  }

  public static int SCALEINV_PACKING_SQUARE() {
    return 2;
  }

  public static int SCALEINV_VARIABLE_VARIES() {
    return 0;
  }

  public static int SCALEINV_VARIABLE_CONSTANT() {
    return 1;
  }

  public static int SCALEINV_VARIABLE_NOT_FINITE() {
    return 2;
  }

  private static final class scaleinv_abi_version {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_abi_version", DESC);
  }

  public static FunctionDescriptor scaleinv_abi_version$descriptor() {
    return scaleinv_abi_version.DESC;
  }

  public static int scaleinv_abi_version() {
    try {
      return (int) scaleinv_abi_version.HANDLE.invokeExact();
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_last_error {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_last_error", DESC);
  }

  public static FunctionDescriptor scaleinv_last_error$descriptor() {
    return scaleinv_last_error.DESC;
  }

  public static MemorySegment scaleinv_last_error() {
    try {
      return (MemorySegment) scaleinv_last_error.HANDLE.invokeExact();
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_simd_level {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_simd_level", DESC);
  }

  public static FunctionDescriptor scaleinv_simd_level$descriptor() {
    return scaleinv_simd_level.DESC;
  }

  public static int scaleinv_simd_level() {
    try {
      return (int) scaleinv_simd_level.HANDLE.invokeExact();
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_openblas {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_openblas", DESC);
  }

  public static FunctionDescriptor scaleinv_openblas$descriptor() {
    return scaleinv_openblas.DESC;
  }

  public static MemorySegment scaleinv_openblas() {
    try {
      return (MemorySegment) scaleinv_openblas.HANDLE.invokeExact();
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_simd_limit {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_simd_limit", DESC);
  }

  public static FunctionDescriptor scaleinv_simd_limit$descriptor() {
    return scaleinv_simd_limit.DESC;
  }

  public static int scaleinv_simd_limit(int level) {
    try {
      return (int) scaleinv_simd_limit.HANDLE.invokeExact(level);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_allocate {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_allocate", DESC);
  }

  public static FunctionDescriptor scaleinv_allocate$descriptor() {
    return scaleinv_allocate.DESC;
  }

  public static int scaleinv_allocate(long bytes, MemorySegment block) {
    try {
      return (int) scaleinv_allocate.HANDLE.invokeExact(bytes, block);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_release {
    static final FunctionDescriptor DESC = FunctionDescriptor.ofVoid(ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_release", DESC);
  }

  public static FunctionDescriptor scaleinv_release$descriptor() {
    return scaleinv_release.DESC;
  }

  public static void scaleinv_release(MemorySegment block) {
    try {
      scaleinv_release.HANDLE.invokeExact(block);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_widen {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_widen", DESC);
  }

  public static FunctionDescriptor scaleinv_widen$descriptor() {
    return scaleinv_widen.DESC;
  }

  public static int scaleinv_widen(
      int sourceType, MemorySegment source, long count, int targetType, MemorySegment destination) {
    try {
      return (int) scaleinv_widen.HANDLE.invokeExact(sourceType, source, count, targetType, destination);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_all_finite {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_all_finite", DESC);
  }

  public static FunctionDescriptor scaleinv_all_finite$descriptor() {
    return scaleinv_all_finite.DESC;
  }

  public static int scaleinv_all_finite(MemorySegment values, long count, MemorySegment answer) {
    try {
      return (int) scaleinv_all_finite.HANDLE.invokeExact(values, count, answer);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_gram_accumulate {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_gram_accumulate", DESC);
  }

  public static FunctionDescriptor scaleinv_gram_accumulate$descriptor() {
    return scaleinv_gram_accumulate.DESC;
  }

  public static int scaleinv_gram_accumulate(
      MemorySegment gram, long order, MemorySegment panel, long length, int acrossColumns, int threads) {
    try {
      return (int) scaleinv_gram_accumulate.HANDLE.invokeExact(gram, order, panel, length, acrossColumns, threads);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_triangle_accumulate {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_triangle_accumulate", DESC);
  }

  public static FunctionDescriptor scaleinv_triangle_accumulate$descriptor() {
    return scaleinv_triangle_accumulate.DESC;
  }

  public static int scaleinv_triangle_accumulate(
      MemorySegment triangle, long order, MemorySegment panel, long length, int acrossColumns) {
    try {
      return (int) scaleinv_triangle_accumulate.HANDLE.invokeExact(triangle, order, panel, length, acrossColumns);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_triangle_product {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_triangle_product", DESC);
  }

  public static FunctionDescriptor scaleinv_triangle_product$descriptor() {
    return scaleinv_triangle_product.DESC;
  }

  public static int scaleinv_triangle_product(
      MemorySegment left, MemorySegment right, long order, MemorySegment product) {
    try {
      return (int) scaleinv_triangle_product.HANDLE.invokeExact(left, right, order, product);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_symmetric_eigenvalues {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_symmetric_eigenvalues", DESC);
  }

  public static FunctionDescriptor scaleinv_symmetric_eigenvalues$descriptor() {
    return scaleinv_symmetric_eigenvalues.DESC;
  }

  public static int scaleinv_symmetric_eigenvalues(MemorySegment matrix, long order, MemorySegment values) {
    try {
      return (int) scaleinv_symmetric_eigenvalues.HANDLE.invokeExact(matrix, order, values);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_singular_values {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_singular_values", DESC);
  }

  public static FunctionDescriptor scaleinv_singular_values$descriptor() {
    return scaleinv_singular_values.DESC;
  }

  public static int scaleinv_singular_values(
      MemorySegment matrices, long batch, long rows, long columns, MemorySegment values, int threads) {
    try {
      return (int) scaleinv_singular_values.HANDLE.invokeExact(matrices, batch, rows, columns, values, threads);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_singular_vectors {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_singular_vectors", DESC);
  }

  public static FunctionDescriptor scaleinv_singular_vectors$descriptor() {
    return scaleinv_singular_vectors.DESC;
  }

  public static int scaleinv_singular_vectors(
      MemorySegment matrix, long rows, long columns, MemorySegment values, MemorySegment left, MemorySegment right) {
    try {
      return (int) scaleinv_singular_vectors.HANDLE.invokeExact(matrix, rows, columns, values, left, right);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_general_eigenvalues {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_general_eigenvalues", DESC);
  }

  public static FunctionDescriptor scaleinv_general_eigenvalues$descriptor() {
    return scaleinv_general_eigenvalues.DESC;
  }

  public static int scaleinv_general_eigenvalues(
      MemorySegment matrices, long batch, long order, MemorySegment pairs, int threads) {
    try {
      return (int) scaleinv_general_eigenvalues.HANDLE.invokeExact(matrices, batch, order, pairs, threads);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_bidiagonal_singular_values {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_bidiagonal_singular_values", DESC);
  }

  public static FunctionDescriptor scaleinv_bidiagonal_singular_values$descriptor() {
    return scaleinv_bidiagonal_singular_values.DESC;
  }

  public static int scaleinv_bidiagonal_singular_values(
      MemorySegment diagonal, MemorySegment superdiagonal, long order, MemorySegment values) {
    try {
      return (int) scaleinv_bidiagonal_singular_values.HANDLE.invokeExact(diagonal, superdiagonal, order, values);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_probe_copy {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_probe_copy", DESC);
  }

  public static FunctionDescriptor scaleinv_probe_copy$descriptor() {
    return scaleinv_probe_copy.DESC;
  }

  public static int scaleinv_probe_copy(MemorySegment source, MemorySegment destination, long bytes, int threads) {
    try {
      return (int) scaleinv_probe_copy.HANDLE.invokeExact(source, destination, bytes, threads);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_probe_multiply {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT);
    static final MethodHandle HANDLE = handle("scaleinv_probe_multiply", DESC);
  }

  public static FunctionDescriptor scaleinv_probe_multiply$descriptor() {
    return scaleinv_probe_multiply.DESC;
  }

  public static int scaleinv_probe_multiply(
      int type, MemorySegment left, MemorySegment right, long order, MemorySegment product, int threads) {
    try {
      return (int) scaleinv_probe_multiply.HANDLE.invokeExact(type, left, right, order, product, threads);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_points_prepare {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_points_prepare", DESC);
  }

  public static FunctionDescriptor scaleinv_points_prepare$descriptor() {
    return scaleinv_points_prepare.DESC;
  }

  public static int scaleinv_points_prepare(
      MemorySegment points, long count, long coordinates, int metric, int threads, MemorySegment prepared) {
    try {
      return (int) scaleinv_points_prepare.HANDLE.invokeExact(points, count, coordinates, metric, threads, prepared);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_points_release {
    static final FunctionDescriptor DESC = FunctionDescriptor.ofVoid(ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_points_release", DESC);
  }

  public static FunctionDescriptor scaleinv_points_release$descriptor() {
    return scaleinv_points_release.DESC;
  }

  public static void scaleinv_points_release(MemorySegment prepared) {
    try {
      scaleinv_points_release.HANDLE.invokeExact(prepared);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_distances {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_distances", DESC);
  }

  public static FunctionDescriptor scaleinv_distances$descriptor() {
    return scaleinv_distances.DESC;
  }

  public static int scaleinv_distances(
      MemorySegment prepared, long from, long rows, int threads, MemorySegment distances) {
    try {
      return (int) scaleinv_distances.HANDLE.invokeExact(prepared, from, rows, threads, distances);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_graph_find {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_FLOAT, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_graph_find", DESC);
  }

  public static FunctionDescriptor scaleinv_graph_find$descriptor() {
    return scaleinv_graph_find.DESC;
  }

  public static int scaleinv_graph_find(
      MemorySegment prepared, float threshold, long most, int threads, MemorySegment offsets, MemorySegment graph) {
    try {
      return (int) scaleinv_graph_find.HANDLE.invokeExact(prepared, threshold, most, threads, offsets, graph);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_graph_pairs {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_graph_pairs", DESC);
  }

  public static FunctionDescriptor scaleinv_graph_pairs$descriptor() {
    return scaleinv_graph_pairs.DESC;
  }

  public static int scaleinv_graph_pairs(MemorySegment graph, MemorySegment partners, MemorySegment lengths) {
    try {
      return (int) scaleinv_graph_pairs.HANDLE.invokeExact(graph, partners, lengths);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_graph_release {
    static final FunctionDescriptor DESC = FunctionDescriptor.ofVoid(ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_graph_release", DESC);
  }

  public static FunctionDescriptor scaleinv_graph_release$descriptor() {
    return scaleinv_graph_release.DESC;
  }

  public static void scaleinv_graph_release(MemorySegment graph) {
    try {
      scaleinv_graph_release.HANDLE.invokeExact(graph);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_distance_matrix {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_distance_matrix", DESC);
  }

  public static FunctionDescriptor scaleinv_distance_matrix$descriptor() {
    return scaleinv_distance_matrix.DESC;
  }

  public static int scaleinv_distance_matrix(
      MemorySegment matrix, long points, int packing, int threads, MemorySegment range, MemorySegment fault) {
    try {
      return (int) scaleinv_distance_matrix.HANDLE.invokeExact(matrix, points, packing, threads, range, fault);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_standardise {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_standardise", DESC);
  }

  public static FunctionDescriptor scaleinv_standardise$descriptor() {
    return scaleinv_standardise.DESC;
  }

  public static int scaleinv_standardise(
      int type, MemorySegment variables, long count, long samples, int threads,
      MemorySegment standardised, MemorySegment kinds) {
    try {
      return (int) scaleinv_standardise.HANDLE.invokeExact(type, variables, count, samples, threads, standardised,
          kinds);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_correlation_prepare {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_correlation_prepare", DESC);
  }

  public static FunctionDescriptor scaleinv_correlation_prepare$descriptor() {
    return scaleinv_correlation_prepare.DESC;
  }

  public static int scaleinv_correlation_prepare(
      MemorySegment standardised, MemorySegment chosen, long count, long samples, int threads, MemorySegment prepared) {
    try {
      return (int) scaleinv_correlation_prepare.HANDLE.invokeExact(standardised, chosen, count, samples, threads,
          prepared);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_correlations {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_correlations", DESC);
  }

  public static FunctionDescriptor scaleinv_correlations$descriptor() {
    return scaleinv_correlations.DESC;
  }

  public static int scaleinv_correlations(
      MemorySegment prepared, long from, long rows, int threads, MemorySegment correlations) {
    try {
      return (int) scaleinv_correlations.HANDLE.invokeExact(prepared, from, rows, threads, correlations);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_best_partners {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = handle("scaleinv_best_partners", DESC);
  }

  public static FunctionDescriptor scaleinv_best_partners$descriptor() {
    return scaleinv_best_partners.DESC;
  }

  public static int scaleinv_best_partners(
      MemorySegment prepared, int threads, MemorySegment partners, MemorySegment correlations) {
    try {
      return (int) scaleinv_best_partners.HANDLE.invokeExact(prepared, threads, partners, correlations);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }
}
