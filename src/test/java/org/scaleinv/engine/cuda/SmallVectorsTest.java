package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Spectra.SingularVectors;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** Where the squares lie by the device's shared memory, batches, completed vectors, and what cannot be decomposed. */
class SmallVectorsTest {
  private static final double EPSILON = Math.ulp(1.0);

  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterEach
  void nothingIsAlive() {
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  /** Squares of order k take 8·k·(k | 1) bytes each; 6 KB of a block's shared memory are spoken for. */
  @ParameterizedTest
  @CsvSource({"77, 99, shared", "78, 99, global", "51, 48, shared", "52, 48, global", "74, 48, global"})
  void squaresLieInSharedMemoryWhereTheyFit(int order, int sharedKilobytes, String place) {
    SingularVectors inGlobal;
    try (CudaEngine engine = Emulator.open();
        var square = (CudaBuffer) matrix(engine, order, order)) {
      inGlobal = vectors(engine, 0, order, order, square.address())[0];
    }
    Emulator.reset();
    Emulator.set("shared", sharedKilobytes << 10);
    try (CudaEngine engine = Emulator.open();
        Buffer square = matrix(engine, order, order)) {
      assertSame(inGlobal, engine.spectra().singularVectors(square));
      assertEquals(1L, engine.launches().get("singular_vectors_" + place), engine.launches().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "12, 5", "5, 12"})
  void batchesGiveWhatEachMatrixGivesAloneAndTheValuesAreThoseWithoutVectors(int rows, int columns) {
    try (CudaEngine engine = Emulator.open();
        var one = (CudaBuffer) matrix(engine, rows, columns);
        var zero = (CudaBuffer) zeros(engine, rows, columns);
        var other = (CudaBuffer) matrix(engine, rows, columns)) {
      for (int shared : new int[] {0, 99 << 10}) {
        var found = vectors(engine, shared, rows, columns, one.address(), zero.address(), other.address());
        assertEquals(3, found.length);
        assertSame(vectors(engine, shared, rows, columns, one.address())[0], found[0]);
        assertSame(vectors(engine, shared, rows, columns, zero.address())[0], found[1]);
        assertSame(found[0], found[2]);
        double[] values = engine.spectra().singularValues(zero);
        assertArrayEquals(values, found[1].values());
      }
      double[] expected = engine.spectra().singularValues(one);
      double allowed = 4 * (rows + columns) * EPSILON * expected[0];
      assertArrayEquals(expected, vectors(engine, 0, rows, columns, other.address())[0].values(), allowed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 40})
  void rowsAreCompletedToABasisAndThoseThatWereThereStay(int rank) {
    int order = 40;
    double[] square;
    try (CudaEngine engine = Emulator.open();
        Buffer matrix = matrix(engine, order, order)) {
      square = engine.spectra().singularVectors(matrix).right();
    }
    double[] completed = square.clone();
    OrthonormalRows.complete(completed, order, rank);
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < order; j++) {
        double dot = 0;
        for (int k = 0; k < order; k++) {
          dot += completed[i * order + k] * completed[j * order + k];
        }
        assertEquals(i == j ? 1 : 0, dot, 4 * order * EPSILON);
        assertTrue(i >= rank || completed[i * order + j] == square[i * order + j]);
      }
    }
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    double[] values = new double[12];
    values[7] = Double.NEGATIVE_INFINITY;
    try (CudaEngine engine = Emulator.open();
        Buffer matrix = engine.upload(MemorySegment.ofArray(values), DType.F64, 3, 4)) {
      var failed = assertThrows(EngineFailure.class, () -> engine.spectra().singularVectors(matrix));
      assertEquals(
          "cuda-emulated engine: singular vectors of F64 3 x 4 on device 0 (" + engine.device().name()
              + "): an entry is NaN or infinite",
          failed.getMessage());
    }
  }

  private static SingularVectors[] vectors(
      CudaEngine engine, int shared, int rows, int columns, long... matrices) {
    var small = new SmallVectors(engine, () -> shared, SmallSpectra.MOST_SWEEPS);
    return engine.perform(() -> "vectors", () -> small.vectors(matrices, rows, columns, i -> "matrix " + i));
  }

  private static void assertSame(SingularVectors expected, SingularVectors found) {
    assertArrayEquals(expected.values(), found.values());
    assertArrayEquals(expected.left(), found.left());
    assertArrayEquals(expected.right(), found.right());
  }

  private static Buffer matrix(CudaEngine engine, int rows, int columns) {
    double[] values = new SplittableRandom(7).doubles((long) rows * columns, -1, 1).toArray();
    return engine.upload(MemorySegment.ofArray(values), DType.F64, rows, columns);
  }

  private static Buffer zeros(CudaEngine engine, int rows, int columns) {
    return engine.upload(MemorySegment.ofArray(new double[rows * columns]), DType.F64, rows, columns);
  }
}
