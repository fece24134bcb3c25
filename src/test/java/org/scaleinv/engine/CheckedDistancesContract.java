package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** What every engine makes of distances that were computed elsewhere. */
public abstract class CheckedDistancesContract {
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  protected abstract Engine engine();

  /** Around the sides of tiles. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 100})
  void everyPackingBecomesTheSameMatrix(int n) {
    float[] square = symmetric(n);
    for (Packing packing : Packing.values()) {
      if (n == 0 && packing != Packing.SQUARE) {
        continue;
      }
      for (int threads : new int[] {1, 3}) {
        try (CheckedDistances read = read(packed(square, n, packing), n, packing, threads)) {
          assertNull(read.fault(), packing + " of " + n);
          assertArrayEquals(square, floats(read), packing + " of " + n);
          assertEquals(n < 2 ? INFINITE : n == 2 ? square[1] : 0.5f, read.least());
          assertEquals(n < 2 ? -INFINITE : n == 2 ? square[1] : 100f, read.greatest());
        }
      }
    }
  }

  /** Between 0.5 and 100, both of which are there. */
  private static float[] symmetric(int n) {
    var random = new SplittableRandom(n);
    float[] square = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        float distance =
            i == n - 1 && j == 0 ? 0.5f : i == n - 1 && j == 1 ? 100 : 1 + 98 * (float) random.nextDouble();
        square[i * n + j] = distance;
        square[j * n + i] = distance;
      }
    }
    return square;
  }

  private static float[] packed(float[] square, int n, Packing packing) {
    if (packing == Packing.SQUARE) {
      return square.clone();
    }
    float[] triangle = new float[n * (n - 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      int from = packing == Packing.LOWER ? 0 : i + 1;
      int to = packing == Packing.LOWER ? i : n;
      for (int j = from; j < to; j++) {
        triangle[at++] = square[i * n + j];
      }
    }
    return triangle;
  }

  private CheckedDistances read(float[] given, int n, Packing packing, int threads) {
    Shape shape = packing == Packing.SQUARE ? Shape.of(n, n) : Shape.of(given.length);
    return engine().distances()
        .matrix(Tensor.of("given", DType.F32, shape, MemorySegment.ofArray(given)), packing, threads);
  }

  private float[] floats(CheckedDistances matrix) {
    float[] values = new float[(int) (matrix.distances().rows() * matrix.distances().columns())];
    engine().download(matrix.distances(), MemorySegment.ofArray(values));
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void theFirstEntryThatIsNoDistanceIsFound(Packing packing) {
    int n = 70;
    for (float wrong : new float[] {Float.NaN, -1, -INFINITE, -Float.MIN_VALUE}) {
      float[] square = symmetric(n);
      int row = packing == Packing.UPPER ? 3 : 66;
      int column = packing == Packing.UPPER ? 66 : 3;
      for (int[] place : new int[][] {{row, column}, {row + 1, column + 1}}) {
        square[place[0] * n + place[1]] = wrong;
        square[place[1] * n + place[0]] = wrong;
      }
      try (CheckedDistances read = read(packed(square, n, packing), n, packing, 2)) {
        CheckedDistances.Fault fault = read.fault();
        assertNotNull(fault, packing + " with " + wrong);
        assertEquals(packing == Packing.SQUARE ? 3 : row, fault.row());
        assertEquals(packing == Packing.SQUARE ? 66 : column, fault.column());
        assertEquals(wrong, fault.entry());
      }
    }
  }

  @Test
  void whatDiffersFromItsMirrorImageIsFoundAndSoIsTheDiagonal() {
    int n = 70;
    float[] square = symmetric(n);
    square[65 * n + 2] += 1;
    try (CheckedDistances read = read(square, n, Packing.SQUARE, 1)) {
      assertEquals(new CheckedDistances.Fault(65, 2, square[65 * n + 2], square[2 * n + 65]), read.fault());
    }
    square = symmetric(n);
    square[65 * n + 65] = 1e-9f;
    try (CheckedDistances read = read(square, n, Packing.SQUARE, 1)) {
      assertEquals(new CheckedDistances.Fault(65, 65, 1e-9f, 1e-9f), read.fault());
    }
  }

  @Test
  void minusZeroIsZeroAndInfinityADistance() {
    float[] square = {-0f, -0f, INFINITE, 0, 0, 2, INFINITE, 2, 0};
    try (CheckedDistances read = read(square, 3, Packing.SQUARE, 1)) {
      assertNull(read.fault());
      assertEquals(0, read.least());
      assertEquals(INFINITE, read.greatest());
      assertEquals(2, read.greatestFinite());
      assertArrayEquals(new float[] {0, 0, INFINITE, 0, 0, 2, INFINITE, 2, 0}, floats(read));
    }
    try (CheckedDistances read = read(new float[] {INFINITE}, 2, Packing.LOWER, 1)) {
      assertEquals(-INFINITE, read.greatestFinite());
    }
  }

  @Test
  void distancesOfTheEngineItselfAreSound() {
    PointCloud cloud = PointCloud.gaussian(65, 5, 1, 3);
    try (Buffer points = cloud.upload(engine());
        CheckedDistances checked =
            engine().distances().checked(engine().distances().all(points, Metric.EUCLIDEAN, 2), 2)) {
      assertNull(checked.fault());
      assertEquals(65, checked.distances().rows());
    }
  }
}
