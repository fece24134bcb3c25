package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.tensor.DType;

/** What every engine's distances keep to, against {@link ReferenceDistances}. */
public abstract class DistancesContract {
  private static final long SEED = 20250601;

  protected abstract Engine engine();

  /** Numbers of points, around the sides of tiles. */
  protected int[] counts() {
    return new int[] {1, 2, 3, 31, 33, 64, 65, 127, 129};
  }

  /** Numbers of coordinates, around the widths of vectors and the depths of blocks. */
  protected int[] dimensions() {
    return new int[] {1, 2, 3, 7, 16, 17, 100, 257};
  }

  /** One number of points that takes several tiles and fills none of them. */
  protected int several() {
    return 300;
  }

  @ParameterizedTest
  @EnumSource
  void everySizeGivesTheDistancesOfTheDefinition(Metric metric) {
    for (int n : counts()) {
      for (int d : dimensions()) {
        if (metric != Metric.CORRELATION || d > 2) {
          assertDistances(metric, PointCloud.gaussian(n, d, 1, SEED + n));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothOrdersGiveTheSameBitsAndAPointIsAtZeroFromItself(Metric metric) {
    var cloud = PointCloud.gaussian(several(), 17, 3, SEED);
    float[] all = all(cloud, metric, 2);
    int n = cloud.points();
    for (int i = 0; i < n; i++) {
      assertBits(0f, all[i * n + i], metric + " of point " + i + " to itself");
      for (int j = 0; j < i; j++) {
        assertBits(all[i * n + j], all[j * n + i], metric + " of " + i + " and " + j);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMethodAndNumberOfThreadsGivesTheSameBits(Metric metric) {
    var cloud = PointCloud.gaussian(several(), 33, 1, SEED);
    int n = cloud.points();
    float[] all = all(cloud, metric, 1);
    for (int threads = 1; threads <= 3; threads++) {
      assertSameBits(all, all(cloud, metric, threads), metric + ", all by " + threads);
      assertSameBits(all, streamed(cloud, metric, threads), metric + ", streamed by " + threads);
      for (int[] cut : new int[][] {{0, 1}, {0, n}, {1, n - 1}, {n / 2 - 1, 70}, {n - 1, 1}, {n, 0}}) {
        float[] expected = Arrays.copyOfRange(all, cut[0] * n, (cut[0] + cut[1]) * n);
        float[] found = rows(cloud, metric, cut[0], cut[1], threads);
        assertSameBits(expected, found, metric + ", rows " + Arrays.toString(cut) + " by " + threads);
      }
      float[] sorted = all.clone();
      Arrays.sort(sorted);
      float median = sorted[sorted.length / 2];
      assertGraph(all, n, median, within(cloud, metric, median, threads));
    }
  }

  /** Two points 1e-4 apart at norm 1e3: single precision holds their d² only where it is summed from differences. */
  @ParameterizedTest
  @ValueSource(ints = {16, 257})
  void nearDuplicatesKeepTheirDigits(int d) {
    var cloud = PointCloud.gaussian(40, d, 1000 / Math.sqrt(d), SEED);
    for (int i = 1; i < cloud.points(); i += 2) {
      System.arraycopy(cloud.values(), (i - 1) * d, cloud.values(), i * d, d);
      int c = i % d;
      // a small coordinate, so that 1e-4 is many of its units in the last place
      cloud.set(i - 1, c, 0.5f);
      cloud.set(i, c, 0.5f + 1e-4f * i);
    }
    float[] euclidean = all(cloud, Metric.EUCLIDEAN, 2);
    float[] squared = all(cloud, Metric.SQUARED_EUCLIDEAN, 2);
    for (int i = 1; i < cloud.points(); i += 2) {
      double apart = cloud.point(i)[i % d] - cloud.point(i - 1)[i % d];
      double relative = ReferenceDistances.gamma(d + 4);
      int pair = i * cloud.points() + i - 1;
      assertEquals(apart, euclidean[pair], relative * apart);
      assertEquals(apart * apart, squared[pair], 2 * relative * apart * apart);
    }
    for (Metric metric : Metric.values()) {
      assertDistances(metric, cloud);
    }
  }

  /** All pairs near each other: the mean is large beside the spread. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CORRELATION")
  void aCloudFarFromTheOriginKeepsItsDigits(Metric metric) {
    var cloud = PointCloud.gaussian(70, 19, 0.1, SEED);
    for (int i = 0; i < cloud.values().length; i++) {
      cloud.values()[i] += 50;
    }
    assertDistances(metric, cloud);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-15, 1e15})
  void coordinatesOfAnyScaleKeepTheirDigits(double scale) {
    for (Metric metric : Metric.values()) {
      assertDistances(metric, PointCloud.gaussian(37, 21, scale, SEED));
    }
  }

  /** The squares of their coordinates are infinite in F32, in sums (1.5e19) or each (1e20); those of differences are not. */
  @ParameterizedTest
  @ValueSource(doubles = {1.5e19, 1e20})
  void pointsWhoseSquaresOverflowKeepTheirDistances(double far) {
    double[] steps = {0, 1e16, -3e16, 7e17};
    float[] found = all(new PointCloud(4, 1, floats(far, steps)), Metric.EUCLIDEAN, 1);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double exact = Math.abs((double) (float) (far + steps[i]) - (float) (far + steps[j]));
        assertEquals(exact, found[4 * i + j], 1e-6 * exact);
      }
    }
  }

  private static float[] floats(double from, double[] steps) {
    float[] values = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      values[i] = (float) (from + steps[i]);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(names = {"SQUARED_EUCLIDEAN", "MANHATTAN", "CHEBYSHEV"})
  void latticePointsHaveExactDistancesWhereverTheyAreAndInWhateverOrder(Metric metric) {
    var cloud = PointCloud.lattice(67, 29, SEED);
    float[] all = all(cloud, metric, 2);
    int n = cloud.points();
    int[] order = shuffled(n);
    float[] permuted = all(cloud.ordered(order), metric, 2);
    var moved = cloud.ordered(order);
    for (int i = 0; i < moved.values().length; i++) {
      moved.values()[i] += 20;
    }
    float[] translated = all(moved, metric, 2);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double exact = ReferenceDistances.distance(metric, cloud.point(order[i]), cloud.point(order[j]));
        assertEquals(exact, all[order[i] * n + order[j]]);
        assertEquals(exact, permuted[i * n + j]);
        assertEquals(exact, translated[i * n + j]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanAndInfinityStayWithTheirPoint(Metric metric) {
    for (float special : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int bad : new int[] {0, 40, 69}) {
        var cloud = PointCloud.gaussian(70, 18, 1, SEED);
        float[] clean = all(cloud, metric, 2);
        cloud.set(bad, 17, special);
        float[] found = all(cloud, metric, 2);
        for (int i = 0; i < 70; i++) {
          for (int j = 0; j < 70; j++) {
            float value = found[i * 70 + j];
            if (i != bad && j != bad) {
              assertBits(clean[i * 70 + j], value, metric + " beside a point with " + special);
            } else {
              boolean says = Float.isNaN(special) ? Float.isNaN(value) : !Float.isFinite(value);
              assertTrue(says, metric + " of a point with " + special + ": " + value);
            }
          }
        }
      }
    }
  }

  @Test
  void pointsWithoutADirectionHaveNoAngle() {
    var cloud = PointCloud.gaussian(40, 9, 1, SEED);
    cloud.fill(0, 0);
    cloud.fill(35, 0.1f);
    assertNanExactlyAt(all(cloud, Metric.COSINE, 2), 40, 0);
    assertNanExactlyAt(all(cloud, Metric.CORRELATION, 2), 40, 0, 35);
    assertEquals(38 * 37 / 2, within(cloud, Metric.CORRELATION, Float.POSITIVE_INFINITY, 2).pairs());
  }

  @ParameterizedTest
  @EnumSource(names = {"COSINE", "CORRELATION"})
  void anglesLieBetween0And2(Metric metric) {
    var cloud = PointCloud.gaussian(64, 11, 1, SEED);
    for (int i = 1; i < 64; i += 2) {
      for (int c = 0; c < 11; c++) {
        cloud.set(i, c, -(i + 1f) * cloud.values()[(i - 1) * 11 + c]);
      }
    }
    float[] all = all(cloud, metric, 1);
    for (float value : all) {
      assertTrue(value >= 0 && value <= 2, metric + " " + value);
    }
    assertEquals(2, all[1], ReferenceDistances.allowed(metric, 2, cloud.point(0), cloud.point(1)));
  }

  @ParameterizedTest
  @EnumSource
  void thresholdsAreInclusiveAndReachFromNoPairToAllPairs(Metric metric) {
    var cloud = PointCloud.gaussian(several(), 5, 1, SEED);
    int n = cloud.points();
    float[] all = all(cloud, metric, 1);
    float[] sorted = all.clone();
    Arrays.sort(sorted);
    float some = sorted[n + 1 + (sorted.length - n) / 100];
    float[] thresholds = {
      -1, Math.nextDown(some), some, Math.nextUp(some), sorted[sorted.length - 1], Float.POSITIVE_INFINITY, Float.NaN
    };
    for (float threshold : thresholds) {
      assertGraph(all, n, threshold, within(cloud, metric, threshold, 2));
    }
    assertEquals(n * (n - 1) / 2, within(cloud, metric, Float.POSITIVE_INFINITY, 2).pairs());
    assertEquals(0, within(cloud, metric, Float.NaN, 2).pairs());
  }

  @Test
  void duplicatesArePairsOfLengthZero() {
    var cloud = new PointCloud(3, 2, new float[] {1, 2, 5, 5, 1, 2});
    DistanceGraph graph = within(cloud, Metric.EUCLIDEAN, 0, 1);
    assertArrayEquals(new long[] {0, 1, 1, 1}, graph.offsets());
    assertArrayEquals(new int[] {2}, graph.partners());
    assertArrayEquals(new float[] {0}, graph.lengths());
  }

  @ParameterizedTest
  @EnumSource
  void noPointsHaveNoDistances(Metric metric) {
    var none = new PointCloud(0, 3, new float[0]);
    assertEquals(0, all(none, metric, 2).length);
    assertEquals(0, streamed(none, metric, 2).length);
    assertArrayEquals(new long[1], within(none, metric, 1, 2).offsets());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void pointsWithoutCoordinatesAreRefused(int count) {
    try (Buffer points = engine().upload(MemorySegment.ofArray(new float[0]), DType.F32, count, 0)) {
      Distances distances = engine().distances();
      for (Metric metric : Metric.values()) {
        assertThrows(IllegalArgumentException.class, () -> distances.all(points, metric, 1));
        assertThrows(IllegalArgumentException.class, () -> distances.rows(points, metric, 0, 0, 1));
        assertThrows(
            IllegalArgumentException.class,
            () -> distances.stream(points, metric, 1, (from, rows, block) -> fail("a block of " + rows)));
        assertThrows(IllegalArgumentException.class, () -> distances.within(points, metric, 1, 1));
      }
    }
  }

  @Test
  void rowsThatAreNotThereAndOtherDtypesAreRefused() {
    try (Buffer points = PointCloud.gaussian(3, 2, 1, SEED).upload(engine());
        Buffer doubles = engine().upload(MemorySegment.ofArray(new double[4]), DType.F64, 2, 2)) {
      Distances distances = engine().distances();
      for (long[] cut : new long[][] {{-1, 1}, {0, -1}, {0, 4}, {3, 1}, {Long.MAX_VALUE, 2}}) {
        assertThrows(
            IllegalArgumentException.class,
            () -> distances.rows(points, Metric.EUCLIDEAN, cut[0], cut[1], 1),
            Arrays.toString(cut));
      }
      assertThrows(IllegalArgumentException.class, () -> distances.all(doubles, Metric.EUCLIDEAN, 1));
      assertThrows(IllegalArgumentException.class, () -> distances.within(doubles, Metric.EUCLIDEAN, 1, 1));
    }
  }

  private void assertDistances(Metric metric, PointCloud cloud) {
    int n = cloud.points();
    float[] all = all(cloud, metric, 2);
    double[][] points = IntStream.range(0, n).mapToObj(cloud::point).toArray(double[][]::new);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = ReferenceDistances.distance(metric, points[i], points[j]);
        double allowed = i == j ? 0 : ReferenceDistances.allowed(metric, expected, points[i], points[j]);
        double found = all[i * n + j];
        if (!(Math.abs(found - expected) <= allowed) || all[j * n + i] != found) {
          fail(
              "%s of %d and %d of %d x %d: expected %s, found %s and %s, allowed %s"
                  .formatted(metric, i, j, n, cloud.coordinates(), expected, found, all[j * n + i], allowed));
        }
      }
    }
  }

  private static void assertNanExactlyAt(float[] all, int n, int... points) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int row = i;
        int column = j;
        boolean expected = Arrays.stream(points).anyMatch(p -> p == row || p == column);
        assertEquals(expected, Float.isNaN(all[i * n + j]), () -> "NaN at " + row + ", " + column);
      }
    }
  }

  private static void assertGraph(float[] all, int n, float threshold, DistanceGraph found) {
    long[] offsets = new long[n + 1];
    List<Integer> partners = new ArrayList<>();
    List<Float> lengths = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        if (all[i * n + j] <= threshold) {
          partners.add(j);
          lengths.add(all[i * n + j]);
        }
      }
      offsets[i + 1] = partners.size();
    }
    String what = "pairs within " + threshold;
    assertEquals(n, found.points());
    assertArrayEquals(offsets, found.offsets(), what);
    assertArrayEquals(partners.stream().mapToInt(Integer::intValue).toArray(), found.partners(), what);
    for (int p = 0; p < found.pairs(); p++) {
      assertBits(lengths.get(p), found.lengths()[p], what);
    }
  }

  private static void assertSameBits(float[] expected, float[] found, String what) {
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertBits(expected[i], found[i], what);
    }
  }

  private static void assertBits(float expected, float found, String what) {
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(found)) {
      fail(what + ": expected the bits of " + expected + ", found " + found);
    }
  }

  private float[] all(PointCloud cloud, Metric metric, int threads) {
    try (Buffer points = cloud.upload(engine());
        Buffer all = engine().distances().all(points, metric, threads)) {
      return floats(all, cloud.points(), cloud.points());
    }
  }

  private float[] rows(PointCloud cloud, Metric metric, int from, int count, int threads) {
    try (Buffer points = cloud.upload(engine());
        Buffer rows = engine().distances().rows(points, metric, from, count, threads)) {
      return floats(rows, count, cloud.points());
    }
  }

  private float[] floats(Buffer buffer, int rows, int columns) {
    assertEquals(DType.F32, buffer.dtype());
    assertEquals(rows, buffer.rows());
    assertEquals(columns, buffer.columns());
    float[] values = new float[rows * columns];
    engine().download(buffer, MemorySegment.ofArray(values));
    return values;
  }

  private float[] streamed(PointCloud cloud, Metric metric, int threads) {
    int n = cloud.points();
    float[] values = new float[n * n];
    int[] next = {0};
    try (Buffer points = cloud.upload(engine())) {
      engine()
          .distances()
          .stream(
              points,
              metric,
              threads,
              (from, count, block) -> {
                assertEquals(next[0], from);
                assertEquals(count * n * Float.BYTES, block.byteSize());
                assertFalse(count == 0);
                MemorySegment.copy(block, ValueLayout.JAVA_FLOAT, 0, values, next[0] * n, (int) count * n);
                next[0] += (int) count;
              });
    }
    assertEquals(n, next[0]);
    return values;
  }

  private DistanceGraph within(PointCloud cloud, Metric metric, float threshold, int threads) {
    try (Buffer points = cloud.upload(engine())) {
      return engine().distances().within(points, metric, threshold, threads);
    }
  }

  private static int[] shuffled(int count) {
    var random = new SplittableRandom(SEED);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
