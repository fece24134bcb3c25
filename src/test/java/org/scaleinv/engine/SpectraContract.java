package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.engine.ReferenceSpectra.gaussian;
import static org.scaleinv.engine.ReferenceSpectra.multiply;
import static org.scaleinv.engine.ReferenceSpectra.scaled;
import static org.scaleinv.engine.ReferenceSpectra.transpose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine's decompositions keep to, against plain double-precision references.
 *
 * <p>Error model: backward stable algorithms are off by at most p·ε·σ₁ in singular values and p·ε·λ₁ in symmetric
 * eigenvalues; p = 4·(rows + columns) covers LAPACK's and the reference's own rounding.
 */
public abstract class SpectraContract {
  private static final double EPSILON = Math.ulp(1.0);
  private static final long SEED = 42;

  protected abstract Engine engine();

  /** Two orders that take the engine's path for large matrices; smaller where the device is an emulated one. */
  protected int[] largeOrders() {
    return new int[] {2047, 2048};
  }

  private Spectra spectra() {
    return engine().spectra();
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        new int[][] {{1, 1}, {1, 9}, {9, 1}, {2, 3}, {3, 2}, {17, 5}, {64, 64}, {65, 33}, {33, 65}, {127, 129}})
        .map(size -> Arguments.of(size[0], size[1]));
  }

  /** Full rank, half rank, repeated values, tiny, huge, zero. */
  private static List<double[][]> kinds(int rows, int columns) {
    var random = new Random(SEED);
    double[][] full = gaussian(rows, columns, random);
    int rank = Math.max(1, Math.min(rows, columns) / 2);
    double[][] deficient = multiply(gaussian(rows, rank, random), gaussian(rank, columns, random));
    double[][] repeated = new double[rows][columns];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      repeated[i][(i + 1) % Math.min(rows, columns)] = i % 2 == 0 ? 3 : -1;
    }
    return List.of(full, deficient, repeated, scaled(full, 1e-30), scaled(full, 1e30), new double[rows][columns]);
  }

  private static double tolerance(int rows, int columns, double largest) {
    return 4 * (rows + columns) * EPSILON * largest;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void singularValuesMatchTheReference(int rows, int columns) {
    for (double[][] matrix : kinds(rows, columns)) {
      double[] expected = ReferenceSpectra.singularValues(matrix);
      try (Buffer buffer = Buffers.upload(engine(), matrix)) {
        assertArrayEquals(expected, spectra().singularValues(buffer), tolerance(rows, columns, expected[0]));
      }
    }
  }

  /** Beside the bounds of the kernels' placements, 77 and 128, and far from square. */
  @ParameterizedTest
  @CsvSource({
    "1, 1", "1, 9", "9, 1", "2, 3", "3, 2", "17, 5", "5, 300", "300, 5", "33, 33", "65, 33", "33, 65", "64, 64",
    "65, 65"
  })
  void singularVectorsRebuildTheMatrixAndAreOrthonormal(int rows, int columns) {
    for (double[][] matrix : kinds(rows, columns)) {
      assertDecomposes(matrix);
    }
  }

  @ParameterizedTest
  @CsvSource({"75, 75", "76, 80", "77, 77", "100, 78", "128, 130", "129, 129"})
  void singularVectorsOfHalfTheRankRebuildTheMatrixAndAreOrthonormal(int rows, int columns) {
    assertDecomposes(kinds(rows, columns).get(1));
  }

  /** Columns from 1 to 1e-150 of the longest: no vector may lose its digits with its value. */
  @ParameterizedTest
  @CsvSource({"20, 20", "30, 20", "20, 30"})
  void singularVectorsOfGradedMatricesAreOrthonormal(int rows, int columns) {
    double[][] matrix = gaussian(rows, columns, new Random(SEED));
    for (double[] row : matrix) {
      Arrays.setAll(row, j -> row[j] * Math.pow(10, -150.0 * j / columns));
    }
    assertDecomposes(matrix);
    assertDecomposes(transpose(matrix));
  }

  private void assertDecomposes(double[][] matrix) {
    assertDecomposes(matrix, ReferenceSpectra.singularValues(matrix));
  }

  /**
   * Error model: A + E = U·Σ·V with ‖E‖_F ≤ p·ε·‖A‖_F, inner products of the columns of U and of the rows of V within
   * p·ε of 0 or 1, p = 4·(rows + columns) as for the values (Higham, Accuracy and Stability of Numerical Algorithms,
   * §19.3 and §19.6 for reflections and rotations).
   */
  private void assertDecomposes(double[][] matrix, double[] expected) {
    int rows = matrix.length;
    int columns = matrix[0].length;
    int k = Math.min(rows, columns);
    try (Buffer buffer = Buffers.upload(engine(), matrix)) {
      Spectra.SingularVectors found = spectra().singularVectors(buffer);
      double[][] left = unflat(found.left(), rows, k);
      double[][] right = unflat(found.right(), k, columns);
      assertArrayEquals(expected, found.values(), tolerance(rows, columns, expected[0]));
      double[][] rebuilt = multiply(columnsScaled(left, found.values()), right);
      double size = frobenius(matrix);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          rebuilt[i][j] -= matrix[i][j];
        }
      }
      assertEquals(0, frobenius(rebuilt), tolerance(rows, columns, size));
      assertClose(identity(k), multiply(transpose(left), left), tolerance(rows, columns, 1));
      assertClose(identity(k), multiply(right, transpose(right)), tolerance(rows, columns, 1));
    }
  }

  /** Scaled by the largest entry, whose square might leave the range. */
  private static double frobenius(double[][] matrix) {
    double largest = Arrays.stream(matrix).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    if (largest == 0) {
      return 0;
    }
    double squares =
        Arrays.stream(matrix).flatMapToDouble(Arrays::stream).map(x -> x / largest * (x / largest)).sum();
    return largest * Math.sqrt(squares);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "2, 3", "17, 5", "33, 40", "65, 33"})
  void batchesGiveWhatEachMatrixGivesAlone(int rows, int columns) {
    List<double[][]> batch = kinds(rows, columns);
    double[][] stack = batch.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    double[][] alone = batch.stream().map(this::singularValues).toArray(double[][]::new);
    for (int threads = 1; threads <= 3; threads++) {
      try (Buffer buffer = Buffers.upload(engine(), stack)) {
        double[][] found = spectra().singularValues(buffer, batch.size(), threads);
        for (int i = 0; i < batch.size(); i++) {
          assertArrayEquals(alone[i], found[i], "matrix " + i + ", threads " + threads);
        }
      }
    }
  }

  private double[] singularValues(double[][] matrix) {
    try (Buffer buffer = Buffers.upload(engine(), matrix)) {
      return spectra().singularValues(buffer);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void gramAccumulatesPanelsEitherWayRound(int rows, int columns) {
    for (double[][] matrix : kinds(rows, columns)) {
      double[][] expected = multiply(transpose(matrix), matrix);
      double size = Arrays.stream(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
      assertLowerClose(expected, gram(matrix, false), rows * EPSILON * size);
      assertLowerClose(expected, gram(transpose(matrix), true), rows * EPSILON * size);
    }
  }

  /** Two panels, the cut off centre. */
  private double[][] gram(double[][] matrix, boolean acrossColumns) {
    int order = acrossColumns ? matrix.length : matrix[0].length;
    try (Buffer gram = spectra().zeros(order)) {
      for (double[][] panel : cut(matrix, acrossColumns)) {
        try (Buffer buffer = Buffers.upload(engine(), panel)) {
          spectra().accumulateGram(gram, buffer, acrossColumns, 1);
        }
      }
      return Buffers.download(engine(), gram);
    }
  }

  private static List<double[][]> cut(double[][] matrix, boolean acrossColumns) {
    if (acrossColumns) {
      return cut(transpose(matrix), false).stream().map(ReferenceSpectra::transpose).toList();
    }
    int first = (matrix.length + 2) / 3;
    List<double[][]> panels = new ArrayList<>();
    panels.add(Arrays.copyOf(matrix, first));
    if (first < matrix.length) {
      panels.add(Arrays.copyOfRange(matrix, first, matrix.length));
    }
    return panels;
  }

  /** Wider than a tile, so that there is work to share. */
  @ParameterizedTest
  @CsvSource({"1100, false", "1100, true", "2100, false"})
  void gramHasTheSameBitsForAnyNumberOfThreads(int order, boolean acrossColumns) {
    double[][] panel = acrossColumns ? gaussian(order, 7, new Random(SEED)) : gaussian(7, order, new Random(SEED));
    double[][] tall = acrossColumns ? transpose(panel) : panel;
    double[][] first = null;
    for (int threads = 1; threads <= 3; threads++) {
      try (Buffer gram = spectra().zeros(order);
          Buffer buffer = Buffers.upload(engine(), panel)) {
        spectra().accumulateGram(gram, buffer, acrossColumns, threads);
        double[][] found = Buffers.download(engine(), gram);
        first = first == null ? found : first;
        for (int i = 0; i < order; i++) {
          assertArrayEquals(Arrays.copyOf(first[i], i + 1), Arrays.copyOf(found[i], i + 1), "row " + i);
        }
      }
    }
    assertLowerClose(multiply(transpose(tall), tall), first, 7 * EPSILON * 100);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void trianglesKeepTheGramMatrixAndTheSingularValues(int rows, int columns) {
    for (double[][] matrix : kinds(rows, columns)) {
      double[] expected = Arrays.copyOf(ReferenceSpectra.singularValues(matrix), columns);
      for (boolean acrossColumns : new boolean[] {false, true}) {
        try (Buffer triangle = triangle(acrossColumns ? transpose(matrix) : matrix, acrossColumns)) {
          double[][] r = Buffers.download(engine(), triangle);
          for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
              assertEquals(0.0, r[i][j], "below the diagonal");
            }
          }
          assertArrayEquals(expected, spectra().singularValues(triangle), tolerance(rows, columns, expected[0]));
          double squares = expected[0] * expected[0];
          assertClose(multiply(transpose(matrix), matrix), multiply(transpose(r), r),
              tolerance(rows, columns, squares));
        }
      }
    }
  }

  private Buffer triangle(double[][] matrix, boolean acrossColumns) {
    Buffer triangle = spectra().zeros(acrossColumns ? matrix.length : matrix[0].length);
    for (double[][] panel : cut(matrix, acrossColumns)) {
      try (Buffer buffer = Buffers.upload(engine(), panel)) {
        spectra().accumulateTriangle(triangle, buffer, acrossColumns);
      }
    }
    return triangle;
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5", "33", "64"})
  void productOfTrianglesIsLeftTimesRightTransposed(int order) {
    var random = new Random(SEED);
    double[][] left = upper(gaussian(order, order, random));
    double[][] right = upper(gaussian(order, order, random));
    try (Buffer l = Buffers.upload(engine(), left);
        Buffer r = Buffers.upload(engine(), right);
        Buffer product = spectra().triangleProduct(l, r)) {
      assertClose(multiply(left, transpose(right)), Buffers.download(engine(), product), 20 * order * EPSILON);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "17", "64", "129"})
  void symmetricEigenvaluesMatchTheReferenceAndReadTheLowerTriangleOnly(int order) {
    for (double[][] square : kinds(order, order)) {
      double[][] symmetric = new double[order][order];
      double[][] stored = new double[order][order];
      for (int i = 0; i < order; i++) {
        for (int j = 0; j < order; j++) {
          symmetric[i][j] = square[Math.max(i, j)][Math.min(i, j)];
          stored[i][j] = i >= j ? symmetric[i][j] : 12345;
        }
      }
      double[] expected = ReferenceSpectra.symmetricEigenvalues(symmetric);
      double largest = Math.max(Math.abs(expected[0]), Math.abs(expected[order - 1]));
      try (Buffer buffer = Buffers.upload(engine(), stored)) {
        assertArrayEquals(expected, spectra().symmetricEigenvalues(buffer), tolerance(order, order, largest));
      }
    }
  }

  /** The path for large orders: diag + a rank-one block has a spectrum in closed form, n·a + b once and b else. */
  @ParameterizedTest
  @CsvSource({"0, 0.5, 2", "1, 1, -3"})
  void symmetricEigenvaluesOfLargeOrdersAreThoseKnown(int which, double a, double b) {
    int order = largeOrders()[which];
    double[][] matrix = new double[order][order];
    for (int i = 0; i < order; i++) {
      Arrays.fill(matrix[i], a);
      matrix[i][i] += b;
    }
    double[] expected = new double[order];
    Arrays.fill(expected, b);
    expected[0] = order * a + b;
    try (Buffer buffer = Buffers.upload(engine(), matrix)) {
      assertArrayEquals(expected, spectra().symmetricEigenvalues(buffer), tolerance(order, order, expected[0]));
    }
  }

  /** Powers of two change no digit, so extreme scales must give the very same digits. */
  @ParameterizedTest
  @CsvSource({"-990", "-600", "600", "990"})
  void extremeScalesLoseNothing(int exponent) {
    double[][] matrix = gaussian(20, 20, new Random(SEED));
    double[] plain = ReferenceSpectra.singularValues(matrix);
    double[][] extreme = scaled(matrix, Math.scalb(1.0, exponent));
    double[] scaledValues = Arrays.stream(plain).map(x -> Math.scalb(x, exponent)).toArray();
    try (Buffer buffer = Buffers.upload(engine(), extreme)) {
      assertArrayEquals(scaledValues, spectra().singularValues(buffer), tolerance(20, 20, scaledValues[0]));
    }
    assertDecomposes(extreme, scaledValues);
    double[][] symmetric = multiply(transpose(matrix), matrix);
    double[] eigenvalues = ReferenceSpectra.symmetricEigenvalues(symmetric);
    try (Buffer buffer = Buffers.upload(engine(), scaled(symmetric, Math.scalb(1.0, exponent)))) {
      double[] expected = Arrays.stream(eigenvalues).map(x -> Math.scalb(x, exponent)).toArray();
      assertArrayEquals(expected, spectra().symmetricEigenvalues(buffer), tolerance(20, 20, expected[0]));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "8", "33"})
  void generalEigenvaluesMatchTheReference(int order) {
    var random = new Random(SEED);
    double[][] stack = gaussian(3 * order, order, random);
    try (Buffer buffer = Buffers.upload(engine(), stack)) {
      double[][] found = spectra().eigenvalues(buffer, 3, 2);
      for (int i = 0; i < 3; i++) {
        double[][] matrix = Arrays.copyOfRange(stack, i * order, (i + 1) * order);
        // an eigenvalue moves by its condition number times p·ε·‖A‖; Gaussian ones of these orders stay below 10⁴
        assertSameSpectrum(referenceEigenvalues(matrix), found[i], 1e4 * tolerance(order, order, 2 * order));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.3, 2", "1.2, 0.5"})
  void rotationsHaveEigenvaluesOnTheirCircle(double angle, double radius) {
    double c = radius * Math.cos(angle);
    double s = radius * Math.sin(angle);
    try (Buffer buffer = Buffers.upload(engine(), new double[][] {{c, -s}, {s, c}})) {
      double[] found = spectra().eigenvalues(buffer, 1, 1)[0];
      assertArrayEquals(new double[] {c, s, c, -s}, found, 8 * EPSILON * radius);
    }
  }

  private static List<double[]> referenceEigenvalues(double[][] matrix) {
    var decomposition = new EigenDecomposition(new Array2DRowRealMatrix(matrix));
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      values.add(new double[] {decomposition.getRealEigenvalue(i), decomposition.getImagEigenvalue(i)});
    }
    return values;
  }

  private static void assertSameSpectrum(List<double[]> expected, double[] pairs, double allowed) {
    assertEquals(2 * expected.size(), pairs.length);
    List<double[]> left = new ArrayList<>(expected);
    for (int i = 0; i < pairs.length; i += 2) {
      double real = pairs[i];
      double imaginary = pairs[i + 1];
      Comparator<double[]> byDistance = Comparator.comparingDouble(z -> Math.hypot(z[0] - real, z[1] - imaginary));
      double[] nearest = left.stream().min(byDistance).orElseThrow();
      assertEquals(0, Math.hypot(nearest[0] - real, nearest[1] - imaginary), allowed);
      left.remove(nearest);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "9", "64", "200"})
  void bidiagonalSingularValuesMatchTheReference(int order) {
    var random = new Random(SEED);
    double[] diagonal = random.doubles(order, 0.1, 2).toArray();
    double[] superdiagonal = random.doubles(order - 1, -1, 1).toArray();
    double[][] dense = new double[order][order];
    for (int i = 0; i < order; i++) {
      dense[i][i] = diagonal[i];
      if (i + 1 < order) {
        dense[i][i + 1] = superdiagonal[i];
      }
    }
    double[] expected = ReferenceSpectra.singularValues(dense);
    double[] found = spectra().bidiagonalSingularValues(diagonal, superdiagonal);
    assertArrayEquals(expected, found, tolerance(order, order, expected[0]));
  }

  /** The product of the values is that of the diagonal, which only relative accuracy of the smallest one keeps. */
  @ParameterizedTest
  @CsvSource({"1e-10", "1e-40"})
  void smallBidiagonalSingularValuesHaveTheirDigits(double smallest) {
    double[] diagonal = {1, 2, 3, smallest};
    double[] superdiagonal = {0.5, -0.25, 1};
    double[] found = spectra().bidiagonalSingularValues(diagonal, superdiagonal);
    double product = Arrays.stream(found).reduce(1, (a, b) -> a * b);
    assertEquals(1, product / (6 * smallest), 100 * EPSILON);
  }

  @Test
  void emptyBidiagonalHasNoSingularValues() {
    assertEquals(0, spectra().bidiagonalSingularValues(new double[0], new double[0]).length);
  }

  @Test
  void finiteSeesEveryPlaceAndKind() {
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      for (int place : new int[] {0, 1, 7, 4095, 4096, 4999}) {
        double[][] row = {new double[5000]};
        row[0][17] = Double.MAX_VALUE;
        try (Buffer buffer = Buffers.upload(engine(), row)) {
          assertTrue(spectra().finite(buffer));
        }
        row[0][place] = odd;
        try (Buffer buffer = Buffers.upload(engine(), row)) {
          assertFalse(spectra().finite(buffer), odd + " at " + place);
        }
      }
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    try (Buffer square = spectra().zeros(3);
        Buffer panel = Buffers.upload(engine(), new double[2][4])) {
      assertThrows(IllegalArgumentException.class, () -> spectra().accumulateGram(square, panel, false, 1));
      assertThrows(IllegalArgumentException.class, () -> spectra().accumulateTriangle(square, panel, true));
      assertThrows(IllegalArgumentException.class, () -> spectra().symmetricEigenvalues(panel));
      assertThrows(IllegalArgumentException.class, () -> spectra().singularValues(panel, 3, 1));
      assertThrows(IllegalArgumentException.class, () -> spectra().eigenvalues(panel, 1, 1));
      assertThrows(
          IllegalArgumentException.class, () -> spectra().bidiagonalSingularValues(new double[2], new double[2]));
    }
  }

  @Test
  void twoThreadsAtOnceGetWhatOneGets() throws InterruptedException, ExecutionException {
    double[][] matrix = gaussian(150, 150, new Random(SEED));
    List<double[]> serial = everything(matrix);
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<Future<List<double[]>>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(threads.submit(() -> everything(matrix)));
      }
      for (Future<List<double[]>> future : running) {
        List<double[]> found = future.get();
        for (int i = 0; i < serial.size(); i++) {
          assertArrayEquals(serial.get(i), found.get(i));
        }
      }
    }
  }

  private List<double[]> everything(double[][] matrix) {
    try (Buffer forValues = Buffers.upload(engine(), matrix);
        Buffer forEigenvalues = Buffers.upload(engine(), matrix);
        Buffer triangle = triangle(matrix, false);
        Buffer gram = spectra().zeros(matrix.length);
        Buffer panel = Buffers.upload(engine(), matrix)) {
      spectra().accumulateGram(gram, panel, false, 2);
      return List.of(
          spectra().singularValues(forValues),
          spectra().eigenvalues(forEigenvalues, 1, 1)[0],
          Buffers.flat(Buffers.download(engine(), triangle)),
          spectra().symmetricEigenvalues(gram));
    }
  }

  private static double[][] unflat(double[] values, int rows, int columns) {
    double[][] matrix = new double[rows][];
    Arrays.setAll(matrix, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
    return matrix;
  }

  private static double[][] columnsScaled(double[][] matrix, double[] factors) {
    double[][] product = scaled(matrix, 1);
    for (double[] row : product) {
      Arrays.setAll(row, j -> row[j] * factors[j]);
    }
    return product;
  }

  private static double[][] identity(int order) {
    double[][] matrix = new double[order][order];
    for (int i = 0; i < order; i++) {
      matrix[i][i] = 1;
    }
    return matrix;
  }

  private static double[][] upper(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      Arrays.fill(matrix[i], 0, i, 0);
    }
    return matrix;
  }

  private static void assertClose(double[][] expected, double[][] found, double allowed) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], found[i], allowed, "row " + i);
    }
  }

  private static void assertLowerClose(double[][] expected, double[][] found, double allowed) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(Arrays.copyOf(expected[i], i + 1), Arrays.copyOf(found[i], i + 1), allowed, "row " + i);
    }
  }
}
