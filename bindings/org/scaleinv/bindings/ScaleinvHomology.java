package org.scaleinv.bindings;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions and constants of {@code native/include/scaleinv_homology.h}, in the shape of {@link Scaleinv}, whose
 * {@link Scaleinv#load} comes before the first use of a function here too.
 */
public final class ScaleinvHomology {
  private ScaleinvHomology() {}

  private static AssertionError unexpected(Throwable thrown) {
    return new AssertionError("a downcall threw", thrown);
  }

  public static int SCALEINV_HOMOLOGY_REPRESENTATIVES() {
    return 1;
  }

  public static int SCALEINV_HOMOLOGY_COLLAPSE() {
    return 2;
  }

  public static int SCALEINV_HOMOLOGY_NO_COLLAPSE() {
    return 4;
  }

  public static int SCALEINV_HOMOLOGY_NO_CLEARING() {
    return 8;
  }

  public static int SCALEINV_HOMOLOGY_NO_APPARENT() {
    return 16;
  }

  public static int SCALEINV_HOMOLOGY_NO_EMERGENT() {
    return 32;
  }

  public static int SCALEINV_HOMOLOGY_NO_ENCLOSING_RADIUS() {
    return 64;
  }

  public static int SCALEINV_HOMOLOGY_NO_LAZY() {
    return 128;
  }

  public static int SCALEINV_HOMOLOGY_FIGURE_PEAK_BYTES() {
    return 0;
  }

  public static int SCALEINV_HOMOLOGY_FIGURE_EDGES() {
    return 1;
  }

  public static int SCALEINV_HOMOLOGY_FIGURE_COLLAPSED() {
    return 2;
  }

  public static int SCALEINV_HOMOLOGY_FIGURE_COLUMNS() {
    return 3;
  }

  public static int SCALEINV_HOMOLOGY_FIGURE_ADDITIONS() {
    return 4;
  }

  private static final class scaleinv_homology_dense {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_LONG,
            JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_dense", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_dense$descriptor() {
    return scaleinv_homology_dense.DESC;
  }

  public static int scaleinv_homology_dense(
      MemorySegment distances, long points, MemorySegment criticalCounts, MemorySegment critical, int dimension,
      int modulus, float threshold, long flags, long memoryLimit, int threads, MemorySegment progress,
      MemorySegment context, MemorySegment homology) {
    try {
      return (int) scaleinv_homology_dense.HANDLE.invokeExact(distances, points, criticalCounts, critical, dimension,
          modulus, threshold, flags, memoryLimit, threads, progress, context, homology);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_sparse {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_LONG,
            JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_sparse", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_sparse$descriptor() {
    return scaleinv_homology_sparse.DESC;
  }

  public static int scaleinv_homology_sparse(
      long points, MemorySegment offsets, MemorySegment partners, MemorySegment lengths, int dimension, int modulus,
      float threshold, long flags, long memoryLimit, int threads, MemorySegment progress, MemorySegment context,
      MemorySegment homology) {
    try {
      return (int) scaleinv_homology_sparse.HANDLE.invokeExact(points, offsets, partners, lengths, dimension, modulus,
          threshold, flags, memoryLimit, threads, progress, context, homology);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_bytes {
    static final FunctionDescriptor DESC =
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_bytes", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_bytes$descriptor() {
    return scaleinv_homology_bytes.DESC;
  }

  public static int scaleinv_homology_bytes(
      long points, long edges, int sparse, int dimension, long flags, MemorySegment bytes) {
    try {
      return (int) scaleinv_homology_bytes.HANDLE.invokeExact(points, edges, sparse, dimension, flags, bytes);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_pairs {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_pairs", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_pairs$descriptor() {
    return scaleinv_homology_pairs.DESC;
  }

  public static long scaleinv_homology_pairs(MemorySegment homology, int dimension) {
    try {
      return (long) scaleinv_homology_pairs.HANDLE.invokeExact(homology, dimension);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_diagram {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_diagram", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_diagram$descriptor() {
    return scaleinv_homology_diagram.DESC;
  }

  public static int scaleinv_homology_diagram(MemorySegment homology, int dimension, MemorySegment pairs) {
    try {
      return (int) scaleinv_homology_diagram.HANDLE.invokeExact(homology, dimension, pairs);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_simplices {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_simplices", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_simplices$descriptor() {
    return scaleinv_homology_simplices.DESC;
  }

  public static int scaleinv_homology_simplices(
      MemorySegment homology, int dimension, MemorySegment births, MemorySegment deaths) {
    try {
      return (int) scaleinv_homology_simplices.HANDLE.invokeExact(homology, dimension, births, deaths);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_cocycle_offsets {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_cocycle_offsets", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_cocycle_offsets$descriptor() {
    return scaleinv_homology_cocycle_offsets.DESC;
  }

  public static int scaleinv_homology_cocycle_offsets(MemorySegment homology, int dimension, MemorySegment offsets) {
    try {
      return (int) scaleinv_homology_cocycle_offsets.HANDLE.invokeExact(homology, dimension, offsets);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_cocycles {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_cocycles", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_cocycles$descriptor() {
    return scaleinv_homology_cocycles.DESC;
  }

  public static int scaleinv_homology_cocycles(
      MemorySegment homology, int dimension, MemorySegment simplices, MemorySegment coefficients) {
    try {
      return (int) scaleinv_homology_cocycles.HANDLE.invokeExact(homology, dimension, simplices, coefficients);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_figure {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_figure", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_figure$descriptor() {
    return scaleinv_homology_figure.DESC;
  }

  public static long scaleinv_homology_figure(MemorySegment homology, int figure) {
    try {
      return (long) scaleinv_homology_figure.HANDLE.invokeExact(homology, figure);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_threshold {
    static final FunctionDescriptor DESC = FunctionDescriptor.of(JAVA_FLOAT, ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_threshold", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_threshold$descriptor() {
    return scaleinv_homology_threshold.DESC;
  }

  public static float scaleinv_homology_threshold(MemorySegment homology) {
    try {
      return (float) scaleinv_homology_threshold.HANDLE.invokeExact(homology);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static final class scaleinv_homology_release {
    static final FunctionDescriptor DESC = FunctionDescriptor.ofVoid(ADDRESS);
    static final MethodHandle HANDLE = Scaleinv.handle("scaleinv_homology_release", DESC);
  }

  public static FunctionDescriptor scaleinv_homology_release$descriptor() {
    return scaleinv_homology_release.DESC;
  }

  public static void scaleinv_homology_release(MemorySegment homology) {
    try {
      scaleinv_homology_release.HANDLE.invokeExact(homology);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }
}
