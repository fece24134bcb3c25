package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.engine.ReferenceSpectra.gaussian;
import static org.scaleinv.engine.ReferenceSpectra.multiply;
import static org.scaleinv.engine.ReferenceSpectra.scaled;
import static org.scaleinv.engine.ReferenceSpectra.transpose;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/**
 * What reading spectra keeps to on every engine.
 *
 * <p>Error model, with p = 4·(rows + columns): QR values are off by at most p·ε·σ₁; GRAM's squares by p·ε·σ₁², so its
 * values by p·ε·σ₁²/σ, and by no more than the root of that near zero.
 */
public abstract class SpectrumReaderContract {
  private static final double EPSILON = Math.ulp(1.0);
  private static final long SEED = 11;

  protected abstract Engine engine();

  /** Columns that several threads share; fewer where the device is an emulated one. */
  protected int several() {
    return 1040;
  }

  private SpectrumReader reader() {
    return new StreamedSpectra(engine());
  }

  static Stream<double[][]> matrices() {
    var random = new Random(SEED);
    List<double[][]> found = new ArrayList<>();
    int[][] sizes = {{1, 1}, {1, 9}, {9, 1}, {2, 3}, {17, 5}, {5, 17}, {64, 64}, {65, 33}, {127, 129}};
    for (int[] size : sizes) {
      double[][] full = gaussian(size[0], size[1], random);
      int rank = Math.max(1, Math.min(size[0], size[1]) / 2);
      found.add(full);
      found.add(multiply(gaussian(size[0], rank, random), gaussian(rank, size[1], random)));
      found.add(scaled(full, 1e-30));
      found.add(scaled(full, 1e30));
      found.add(new double[size[0]][size[1]]);
    }
    return found.stream();
  }

  static Matrix matrix(double[][] values) {
    return matrix(values, DType.F64);
  }

  private static Matrix matrix(double[][] values, DType dtype) {
    MemorySegment packed =
        switch (dtype) {
          case F64 -> MemorySegment.ofArray(Buffers.flat(values));
          case F32 -> MemorySegment.ofArray(floats(values));
          default -> throw new IllegalArgumentException(dtype.name());
        };
    return Matrix.of(Tensor.of("w", dtype, Shape.of(values.length, values[0].length), packed));
  }

  private static float[] floats(double[][] values) {
    double[] flat = Buffers.flat(values);
    float[] rounded = new float[flat.length];
    for (int i = 0; i < flat.length; i++) {
      rounded[i] = (float) flat[i];
    }
    return rounded;
  }

  private static double[][] widened(double[][] values) {
    double[][] copy = scaled(values, 1);
    for (double[] row : copy) {
      Arrays.setAll(row, i -> (float) row[i]);
    }
    return copy;
  }

  private static double noise(double[][] matrix) {
    return 4 * (matrix.length + matrix[0].length) * EPSILON;
  }

  private static void assertWithinModel(double[][] matrix, SingularSpectrum found) {
    double[] expected = ReferenceSpectra.singularValues(matrix);
    assertEquals(expected.length, found.values().length);
    double absolute = noise(matrix) * expected[0];
    for (int i = 0; i < expected.length; i++) {
      double allowed =
          found.solver() == Solver.QR
              ? absolute
              : Math.min(absolute * expected[0] / expected[i], Math.sqrt(noise(matrix)) * expected[0]);
      assertEquals(expected[i], found.values()[i], Double.isNaN(allowed) ? 0 : allowed, "value " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void valuesMatchTheReferenceBySolverAndDtype(double[][] values) {
    for (Solver solver : Solver.values()) {
      assertWithinModel(values, reader().matrix(matrix(values), solver, 1));
      assertWithinModel(widened(values), reader().matrix(matrix(values, DType.F32), solver, 2));
    }
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void zerosOfARankDeficientMatrixLieBelowTheResolution(double[][] values) {
    double[] truth = ReferenceSpectra.singularValues(values);
    for (Solver solver : List.of(Solver.GRAM, Solver.QR)) {
      SingularSpectrum found = reader().matrix(matrix(values), solver, 1);
      for (int i = 0; i < truth.length; i++) {
        if (truth[i] <= truth[0] * 1e-14) {
          assertTrue(found.values()[i] <= 8 * found.resolution(), found.values()[i] + " " + found.resolution());
        } else {
          assertTrue(truth[i] > found.resolution(), "a value of full rank counts as noise");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-3, GRAM", "1e-4, GRAM", "1e-8, QR", "0, QR"})
  void autoTakesTheTriangleOnlyWhereTheGramMatrixLosesDigits(double smallest, Solver expected) {
    double[][] diagonal = new double[20][10];
    for (int i = 0; i < 10; i++) {
      diagonal[2 * i][i] = i == 3 ? smallest : 1 + i;
    }
    SingularSpectrum found = reader().matrix(matrix(diagonal), Solver.AUTO, 1);
    assertEquals(expected, found.solver());
    assertEquals(smallest, found.values()[9], 1e-15);
  }

  /** Longer than a panel: k copies of B, one below the other, have √k times the singular values of B. */
  @ParameterizedTest
  @CsvSource({"GRAM, 40", "QR, 40", "GRAM, 3", "QR, 3"})
  void longMatricesAreReadInPanels(Solver solver, int width) {
    double[][] block = gaussian(width, width, new Random(SEED));
    int copies = 1_200_000 / (width * width);
    double[][] tall = new double[copies * width][];
    Arrays.setAll(tall, i -> block[i % width]);
    double[] expected =
        Arrays.stream(ReferenceSpectra.singularValues(block)).map(x -> x * Math.sqrt(copies)).toArray();
    // rounding of a sum of n terms is spread: far below n·ε, and no larger than this
    double allowed = Math.sqrt(tall.length) * 10 * EPSILON * expected[0];
    double fromSquares = allowed * expected[0] / expected[width - 1];
    for (Matrix matrix : List.of(matrix(tall), matrix(transpose(tall)))) {
      SingularSpectrum found = reader().matrix(matrix, solver, 1);
      assertArrayEquals(expected, found.values(), solver == Solver.QR ? allowed : fromSquares);
      assertEquals(matrix.rows(), found.rows());
      assertEquals(matrix.columns(), found.columns());
    }
  }

  @Test
  void windowsInsideATensorAreReadAsTheMatrixTheyAre() {
    double[][] fused = gaussian(24, 10, new Random(SEED));
    Tensor tensor = matrix(fused).tensor();
    double[][] window = Arrays.stream(fused).map(row -> Arrays.copyOfRange(row, 3, 8)).toArray(double[][]::new);
    assertWithinModel(window, reader().matrix(Matrix.window(tensor, 3, 24, 5, 10), Solver.GRAM, 1));
    double[][] interleaved = new double[8][];
    Arrays.setAll(interleaved, i -> fused[(i / 2) * 6 + 2 + i % 2]);
    assertWithinModel(interleaved, reader().matrix(new Matrix(tensor, 20, 8, 10, 10, 2, 60), Solver.QR, 1));
  }

  /** Powers of two change no digit: the same digits at every scale that doubles have room for. */
  @ParameterizedTest
  @CsvSource({"-1000", "-500", "500", "1000"})
  void extremeScalesOfDoublesKeepEveryDigit(int exponent) {
    double[][] plain = gaussian(40, 15, new Random(SEED));
    double[][] extreme = scaled(plain, Math.scalb(1.0, exponent));
    for (Solver solver : List.of(Solver.GRAM, Solver.QR)) {
      SingularSpectrum expected = reader().matrix(matrix(plain), solver, 1);
      SingularSpectrum found = reader().matrix(matrix(extreme), solver, 1);
      for (int i = 0; i < 15; i++) {
        assertEquals(Math.scalb(expected.values()[i], exponent), found.values()[i], 20 * Math.ulp(found.values()[0]));
      }
      assertEquals(Math.scalb(expected.resolution(), exponent), found.resolution(), found.resolution() * 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(Solver.class)
  void entriesThatAreNotFiniteAreCountedAndNamed(Solver solver) {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      double[][] values = gaussian(30, 20, new Random(SEED));
      values[0][0] = Double.NaN;
      values[29][19] = Double.NEGATIVE_INFINITY;
      values[11][0] = Double.POSITIVE_INFINITY;
      BadInput thrown =
          assertThrows(BadInput.class, () -> reader().matrix(matrix(values, dtype), solver, 1));
      assertEquals("non-finite", thrown.rule());
      assertEquals(
          "memory: tensor \"w\": 3 of 600 entries are NaN or infinite, expected finite numbers", thrown.getMessage());
      BadInput ofProduct =
          assertThrows(
              BadInput.class,
              () -> reader().product(matrix(gaussian(9, 20, new Random(1))), false, matrix(values, dtype), false));
      assertEquals("non-finite", ofProduct.rule());
    }
  }

  @Test
  void matricesThatCannotBeMeasuredAreRefusedByName() {
    Tensor empty = Tensor.of("w", DType.F32, Shape.of(0, 5), MemorySegment.ofArray(new float[0]));
    Tensor complex = Tensor.of("w", DType.C64, Shape.of(1, 1), MemorySegment.ofArray(new long[1]));
    assertEquals("empty-matrix", refused(Matrix.of(empty)).rule());
    assertEquals("dtype-not-measured", refused(Matrix.of(complex)).rule());
  }

  private BadInput refused(Matrix matrix) {
    return assertThrows(BadInput.class, () -> reader().matrix(matrix, Solver.AUTO, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "30, 20, 8", "8, 30, 8", "64, 64, 16", "5, 40, 12"})
  void productsHaveTheSingularValuesOfTheProduct(int rows, int columns, int inner) {
    var random = new Random(SEED);
    double[][] left = gaussian(rows, inner, random);
    double[][] right = gaussian(columns, inner, random);
    double[] expected = Arrays.copyOf(ReferenceSpectra.singularValues(multiply(left, transpose(right))), inner);
    for (boolean leftTransposed : new boolean[] {false, true}) {
      for (boolean rightTransposed : new boolean[] {false, true}) {
        SingularSpectrum found =
            reader()
                .product(
                    matrix(leftTransposed ? transpose(left) : left),
                    leftTransposed,
                    matrix(rightTransposed ? transpose(right) : right),
                    rightTransposed);
        assertArrayEquals(expected, found.values(), 4 * (rows + columns + inner) * EPSILON * expected[0]);
        assertEquals(List.of((long) rows, (long) columns), List.of(found.rows(), found.columns()));
        assertEquals(Solver.QR, found.solver());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2", "1000"})
  void aChangeOfBasisLeavesTheProductAlone(double stretch) {
    var random = new Random(SEED);
    double[][] left = gaussian(50, 6, random);
    double[][] right = gaussian(40, 6, random);
    double[][] basis = new double[6][6];
    double[][] inverseTransposed = new double[6][6];
    for (int i = 0; i < 6; i++) {
      basis[i][(i + 2) % 6] = i % 2 == 0 ? stretch : -1 / stretch;
      inverseTransposed[i][(i + 2) % 6] = 1 / basis[i][(i + 2) % 6];
    }
    double[] plain = reader().product(matrix(left), false, matrix(right), false).values();
    SingularSpectrum moved =
        reader().product(matrix(multiply(left, basis)), false, matrix(multiply(right, inverseTransposed)), false);
    assertArrayEquals(plain, moved.values(), moved.resolution());
  }

  @ParameterizedTest
  @CsvSource({"700, -700", "-900, -50", "900, 100"})
  void extremeFactorsOfDoublesKeepEveryDigitOfTheProduct(int leftExponent, int rightExponent) {
    var random = new Random(SEED);
    double[][] left = gaussian(20, 5, random);
    double[][] right = gaussian(30, 5, random);
    double[] plain = reader().product(matrix(left), false, matrix(right), false).values();
    SingularSpectrum found =
        reader()
            .product(
                matrix(scaled(left, Math.scalb(1.0, leftExponent))),
                false,
                matrix(scaled(right, Math.scalb(1.0, rightExponent))),
                false);
    double[] expected = Arrays.stream(plain).map(x -> Math.scalb(x, leftExponent + rightExponent)).toArray();
    assertArrayEquals(expected, found.values(), found.resolution());
  }

  /** Of two inner dimensions, with long and scaled factors among them, and one that is broken. */
  @Test
  void productsTogetherAreWhatEachIsAlone() {
    var random = new Random(SEED);
    List<SpectrumReader.Product> products = new ArrayList<>();
    for (int inner : new int[] {3, 8}) {
      for (int i = 0; i < 3; i++) {
        double[][] left = scaled(gaussian(10 + 20 * i, inner, random), i == 2 ? 0x1p700 : 1);
        double[][] right = gaussian(inner, 12, random);
        products.add(new SpectrumReader.Product(matrix(left), false, matrix(right), true));
      }
    }
    double[][] broken = gaussian(8, 9, random);
    broken[7][8] = Double.NaN;
    products.add(4, new SpectrumReader.Product(matrix(gaussian(9, 8, random)), false, matrix(broken), true));
    List<Supplier<SingularSpectrum>> together = reader().products(products);
    assertEquals(products.size(), together.size());
    for (int i = 0; i < products.size(); i++) {
      SpectrumReader.Product each = products.get(i);
      if (i == 4) {
        var refused = assertThrows(BadInput.class, together.get(i)::get);
        assertEquals("non-finite", refused.rule());
        assertTrue(refused.getMessage().contains("1 of 72 entries"), refused.getMessage());
        continue;
      }
      SingularSpectrum alone =
          reader().product(each.left(), each.leftTransposed(), each.right(), each.rightTransposed());
      SingularSpectrum found = together.get(i).get();
      assertArrayEquals(alone.values(), found.values());
      assertEquals(alone.resolution(), found.resolution());
      assertEquals(List.of(alone.rows(), alone.columns()), List.of(found.rows(), found.columns()));
    }
  }

  @Test
  void factorsOfDifferentInnerDimensionAreRefused() {
    Matrix left = matrix(new double[4][3]);
    assertThrows(IllegalArgumentException.class, () -> reader().product(left, false, left, true));
  }

  @Test
  void threadsAndConcurrentReadersChangeNoBit() throws InterruptedException, ExecutionException {
    Matrix matrix = matrix(gaussian(several() + 60, several(), new Random(SEED)), DType.F32);
    double[] serial = reader().matrix(matrix, Solver.GRAM, 1).values();
    SpectrumReader shared = reader();
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<Future<SingularSpectrum>> running = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        int workers = i;
        running.add(threads.submit(() -> shared.matrix(matrix, Solver.GRAM, workers)));
      }
      for (Future<SingularSpectrum> future : running) {
        assertArrayEquals(serial, future.get().values());
      }
    }
  }
}
