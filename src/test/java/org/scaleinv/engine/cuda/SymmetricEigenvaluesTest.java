package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;

/**
 * Matrices of known spectra, as they are and under an orthogonal map, which leaves nothing of their band.
 *
 * <p>Error model: the reduction is backward stable, the bisection good to 8·ε·‖A‖: 8·n·ε·‖A‖ together, the map's own
 * rounding in it. ‖A‖ is the largest magnitude of the spectrum.
 */
class SymmetricEigenvaluesTest {
  private static final long SEED = 7;

  private CudaEngine engine;

  @BeforeEach
  void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterEach
  void nothingWasHandedOverAndNothingIsLeft() {
    assertEquals(Map.of(), engine.handedToCpu());
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 31, 33, 34, 64, 65, 130})
  void secondDifferences(int order) {
    double[] expected = sorted(order, k -> 2 - 2 * Math.cos((k + 1) * Math.PI / (order + 1)));
    assertSpectrum(expected, banded(order, i -> 2, i -> -1));
  }

  /** Kac, Sylvester, Clement: ±(n − 1), ±(n − 3), … */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 31, 66})
  void clement(int order) {
    double[] expected = sorted(order, k -> order - 1 - 2 * k);
    assertSpectrum(expected, banded(order, i -> 0, i -> Math.sqrt((double) i * (order - i))));
  }

  /** Wilkinson, The Algebraic Eigenvalue Problem, ch. 5 §45: the two largest agree to fourteen digits. */
  @Test
  void wilkinsonsPairsOfW21() {
    double[][] matrix = banded(21, i -> Math.abs(i - 10), i -> 1);
    double allowed = 8 * 21 * Math.ulp(1.0) * 10.75;
    for (double[][] form : new double[][][] {matrix, reflected(matrix)}) {
      double[] found = eigenvalues(engine, form);
      assertEquals(10.746194182903393, found[0], allowed);
      assertEquals(10.746194182903322, found[1], allowed);
      assertEquals(110, Arrays.stream(found).sum(), 21 * allowed);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, -2.5", "5, 0", "67, 0", "33, 3", "65, -1e-3"})
  void oneValueOnly(int order, double value) {
    assertSpectrum(sorted(order, k -> value), banded(order, i -> value, i -> 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 33, 70})
  void diagonalsAreExactWhereTheirEntriesLieApart(int order) {
    IntToDoubleFunction value = i -> i % 2 == 0 ? i : -i / 3.0;
    double[] expected = sorted(order, value);
    double[][] matrix = banded(order, value, i -> 0);
    assertSpectrum(expected, matrix);
    assertArrayEquals(expected, eigenvalues(engine, matrix));
  }

  /** Powers of two, so that the expected values stay exact; subnormal entries among them. */
  @ParameterizedTest
  @ValueSource(ints = {-1040, -498, 498, 1018})
  void scales(int exponent) {
    int order = 33;
    double[][] matrix = banded(order, i -> Math.scalb(2.0, exponent), i -> Math.scalb(-1.0, exponent));
    double[] expected = sorted(order, k -> 2 - 2 * Math.cos((k + 1) * Math.PI / (order + 1)));
    Arrays.setAll(expected, k -> Math.scalb(expected[k], exponent));
    double allowed = Math.max(8 * order * Math.ulp(1.0) * expected[0], Double.MIN_VALUE);
    assertArrayEquals(expected, eigenvalues(engine, matrix), allowed);
  }

  /** Entries from 1 down to 1e-300 in one matrix: small ones may vanish, but not hurt. */
  @ParameterizedTest
  @ValueSource(ints = {20, 66})
  void gradedMatricesMatchTheCpu(int order) {
    double[][] matrix = gaussian(order);
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < order; j++) {
        matrix[i][j] *= Math.pow(10, -300.0 * (i + j) / (2 * order));
      }
    }
    assertMatchesCpu(matrix);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 63, 64, 65, 96, 129})
  void randomMatricesMatchTheCpu(int order) {
    assertMatchesCpu(gaussian(order));
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 98})
  void theBitsDependOnNoOrderOfThreads(int order) {
    double[][] matrix = gaussian(order);
    double[] plain = eigenvalues(engine, matrix);
    for (long seed = 1; seed <= 2; seed++) {
      Emulator.set("order", seed);
      Emulator.set("lazy", seed - 1);
      assertArrayEquals(plain, eigenvalues(engine, matrix), "order " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "33, 0", "34, 1", "98, 3"})
  void aRowTakesTwoLaunches(int order, long updates) {
    eigenvalues(engine, gaussian(order));
    var expected = new TreeMap<String, Long>();
    expected.put("largest_magnitude", 1L);
    expected.put("scale_below_one", 1L);
    expected.put("tridiagonal_row", (long) order);
    expected.put("tridiagonal_product", order - 1L);
    expected.put("tridiagonal_update", updates);
    expected.put("sturm_bounds", 1L);
    expected.put("sturm_eigenvalues", 1L);
    expected.values().removeIf(count -> count == 0);
    assertEquals(expected, engine.launches());
  }

  private void assertSpectrum(double[] expected, double[][] matrix) {
    int order = expected.length;
    double largest = Math.max(Math.abs(expected[0]), Math.abs(expected[order - 1]));
    double allowed = 8 * order * Math.ulp(1.0) * largest;
    assertArrayEquals(expected, eigenvalues(engine, matrix), allowed);
    assertArrayEquals(expected, eigenvalues(engine, reflected(matrix)), allowed);
  }

  private void assertMatchesCpu(double[][] matrix) {
    try (CpuEngine cpu = new CpuEngine()) {
      double[] expected = eigenvalues(cpu, matrix);
      double largest = Math.max(Math.abs(expected[0]), Math.abs(expected[matrix.length - 1]));
      assertArrayEquals(expected, eigenvalues(engine, matrix), 8 * matrix.length * Math.ulp(1.0) * largest);
    }
  }

  /** Above the diagonal stands what must not be read. */
  private static double[] eigenvalues(Engine engine, double[][] matrix) {
    int order = matrix.length;
    double[] lower = new double[order * order];
    Arrays.fill(lower, Double.NaN);
    for (int i = 0; i < order; i++) {
      System.arraycopy(matrix[i], 0, lower, i * order, i + 1);
    }
    try (Buffer buffer = engine.upload(MemorySegment.ofArray(lower), DType.F64, order, order)) {
      return engine.spectra().symmetricEigenvalues(buffer);
    }
  }

  private static double[] sorted(int order, IntToDoubleFunction value) {
    double[] values = new double[order];
    Arrays.setAll(values, k -> -value.applyAsDouble(k));
    Arrays.sort(values);
    Arrays.setAll(values, k -> -values[k]);
    return values;
  }

  /** coupling(i) stands between i − 1 and i. */
  private static double[][] banded(int order, IntToDoubleFunction diagonal, IntToDoubleFunction coupling) {
    double[][] matrix = new double[order][order];
    for (int i = 0; i < order; i++) {
      matrix[i][i] = diagonal.applyAsDouble(i);
      if (i > 0) {
        matrix[i][i - 1] = coupling.applyAsDouble(i);
        matrix[i - 1][i] = matrix[i][i - 1];
      }
    }
    return matrix;
  }

  private static double[][] gaussian(int order) {
    var random = new Random(SEED);
    double[][] matrix = new double[order][order];
    for (int i = 0; i < order; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  /** (I − 2uuᵀ)·A·(I − 2uuᵀ) for a random unit vector u. */
  private static double[][] reflected(double[][] matrix) {
    int order = matrix.length;
    var random = new Random(SEED);
    double[] u = random.doubles(order, 0.5, 1.5).toArray();
    double norm = Math.sqrt(Arrays.stream(u).map(x -> x * x).sum());
    Arrays.setAll(u, i -> u[i] / norm);
    double[] w = new double[order];
    Arrays.setAll(w, i -> dot(matrix[i], u));
    double form = dot(w, u);
    double[][] image = new double[order][order];
    for (int i = 0; i < order; i++) {
      for (int j = 0; j <= i; j++) {
        image[i][j] = matrix[i][j] - 2 * (w[i] * u[j] + u[i] * w[j]) + 4 * form * u[i] * u[j];
        image[j][i] = image[i][j];
      }
    }
    return image;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
