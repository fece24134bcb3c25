package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.tensor.DType;

/** Gram matrices by cuBLAS bound either way, and by the own kernel, against plain sums. */
final class BlasTest {
  private static final long SEED = 7;

  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterEach
  void nothingIsAlive() {
    Emulator.assertNothingAlive();
    assertEquals("", Emulator.fault());
    Emulator.reset();
  }

  static Stream<Arguments> waysAndShapes() {
    return Stream.of("jcublas", "libcublas.so.11", "libcublas.so.12", "libcublas.so.13", "kernel")
        .flatMap(
            way -> Stream.of(
                Arguments.of(way, 1, 1, false),
                Arguments.of(way, 5, 130, false),
                Arguments.of(way, 5, 130, true),
                Arguments.of(way, 70, 33, false),
                Arguments.of(way, 70, 33, true)));
  }

  @ParameterizedTest
  @MethodSource("waysAndShapes")
  void everyWayAddsTheGramMatrixToWhatIsThere(String way, int order, int length, boolean acrossColumns) {
    var random = new SplittableRandom(SEED);
    double[] start = random.doubles((long) order * order, -1, 1).toArray();
    double[] panel = random.doubles((long) order * length, -1, 1).toArray();
    double[] gram = start.clone();
    try (CudaEngine engine = Emulator.open()) {
      accumulate(engine, way, gram, order, panel, length, acrossColumns);
    }
    for (int i = 0; i < order; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = start[i * order + j];
        double size = Math.abs(sum);
        for (int k = 0; k < length; k++) {
          double product =
              entry(panel, order, length, acrossColumns, k, i) * entry(panel, order, length, acrossColumns, k, j);
          sum += product;
          size += Math.abs(product);
        }
        // either side's sum of length + 1 terms is off by at most that many roundings of Σ|terms|
        double tolerance = 2 * (length + 1) * 0x1p-53 * size;
        assertEquals(sum, gram[i * order + j], tolerance, "entry " + i + ", " + j);
      }
    }
  }

  static Stream<Arguments> libraries() {
    return Stream.of("jcublas", "libcublas.so.11", "libcublas.so.12", "libcublas.so.13")
        .flatMap(way -> Stream.of(Arguments.of(way, 1), Arguments.of(way, 37)));
  }

  /** Of small whole numbers, so that sums are exact; left and right differ, and neither is symmetric. */
  @ParameterizedTest
  @MethodSource("libraries")
  void everyLibraryMultipliesInBothPrecisions(String way, int order) {
    var random = new SplittableRandom(SEED);
    double[] left = random.ints((long) order * order, -5, 6).asDoubleStream().toArray();
    double[] right = random.ints((long) order * order, -5, 6).asDoubleStream().toArray();
    double[] expected = new double[order * order];
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < order; j++) {
        for (int k = 0; k < order; k++) {
          expected[i * order + j] += left[i * order + k] * right[k * order + j];
        }
      }
    }
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      try (CudaEngine engine = Emulator.open()) {
        assertArrayEquals(expected, product(engine, way, type, order, left, right), type.name());
      }
    }
  }

  private static double[] product(
      CudaEngine engine, String way, DType type, int order, double[] left, double[] right) {
    try (var a = (CudaBuffer) upload(engine, type, order, left);
        var b = (CudaBuffer) upload(engine, type, order, right);
        var c = (CudaBuffer) upload(engine, type, order, right)) {
      engine.perform(
          () -> "product",
          () -> {
            try (Blas blas = open(engine, way)) {
              blas.multiply(type == DType.F64, order, a.address(), b.address(), c.address());
            }
          });
      try (Buffer wide = engine.widening().widen(c, DType.F64)) {
        double[] product = new double[order * order];
        engine.download(wide, MemorySegment.ofArray(product));
        return product;
      }
    }
  }

  private static Buffer upload(CudaEngine engine, DType type, int order, double[] values) {
    try (Buffer doubles = engine.upload(MemorySegment.ofArray(values), DType.F64, order, order)) {
      return engine.widening().widen(doubles, type);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jcublas", "libcublas.so.13"})
  void cublasTellsItsVersion(String way) {
    try (CudaEngine engine = Emulator.open()) {
      engine.perform(
          () -> "opening of cuBLAS",
          () -> {
            try (Blas blas = open(engine, way)) {
              assertEquals("cuBLAS 12.6.0", blas.name());
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"11402 11.4.2", "120601 12.6.1", "130005 13.0.5"})
  void versionsAreReadInBothForms(String versions) {
    String[] parts = versions.split(" ");
    assertEquals("cuBLAS " + parts[1], Cublas.name(Integer.parseInt(parts[0])));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65})
  void theOwnKernelIsCounted(int order) {
    try (CudaEngine engine = Emulator.open()) {
      accumulate(engine, "kernel", new double[order * order], order, new double[order * 3], 3, false);
      assertEquals(1, engine.launches().get("gram_accumulate"));
      assertEquals(1, Emulator.count("launches gram_accumulate"));
    }
  }

  private static double entry(double[] panel, int order, int length, boolean acrossColumns, int k, int i) {
    return acrossColumns ? panel[i * length + k] : panel[k * order + i];
  }

  private static void accumulate(
      CudaEngine engine, String way, double[] gram, int order, double[] panel, int length, boolean acrossColumns) {
    long rows = acrossColumns ? order : length;
    try (var sum = (CudaBuffer) engine.upload(MemorySegment.ofArray(gram), DType.F64, order, order);
        var part = (CudaBuffer) engine.upload(MemorySegment.ofArray(panel), DType.F64, rows, panel.length / rows)) {
      engine.perform(
          () -> "Gram matrix",
          () -> {
            try (Blas blas = open(engine, way)) {
              blas.accumulateGram(sum.address(), order, part.address(), length, acrossColumns);
            }
          });
      engine.download(sum, MemorySegment.ofArray(gram));
    }
  }

  private static Blas open(CudaEngine engine, String way) {
    return switch (way) {
      case "jcublas" -> engine.openedDevice().openBlas();
      case "kernel" -> new KernelBlas(engine.kernels());
      default ->
          new PanamaBlas(Emulator.folder().resolve(way).toString(), engine.openedDevice().streams().compute());
    };
  }
}
