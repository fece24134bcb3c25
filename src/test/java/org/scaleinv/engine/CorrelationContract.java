package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.tensor.DType;

/** What every engine's correlations keep to, against {@link ReferenceCorrelation}. */
public abstract class CorrelationContract {
  private static final long SEED = 20251122;

  protected abstract Engine engine();

  /** Numbers of variables, around the sides of tiles. */
  protected int[] counts() {
    return new int[] {1, 2, 3, 31, 65, 96, 97, 129};
  }

  /** Numbers of samples, around the widths of vectors and the depths of blocks. */
  protected int[] samples() {
    return new int[] {2, 3, 7, 17, 100, 257};
  }

  /** One number of variables that takes several tiles and fills none of them. */
  protected int several() {
    return 300;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void everySizeGivesTheCorrelationsOfTheDefinition(DType type) {
    for (int n : counts()) {
      for (int t : samples()) {
        assertCorrelations(variables(n, t), type, n + " x " + t);
      }
    }
  }

  /** Each row of a sum over 257 samples, so that a row that is a multiple or the opposite of another rounds past ±1. */
  @Test
  void correlationsLieBetweenMinusOneAndOneWithOnesOnTheDiagonal() {
    double[][] x = variables(70, 257);
    for (int i = 1; i < 70; i++) {
      int sign = i % 2 == 0 ? 1 : -1;
      x[i] = Arrays.stream(x[i % 5]).map(value -> sign * (float) value).toArray();
    }
    float[] matrix = matrix(x, DType.F32, 1);
    for (int i = 0; i < 70; i++) {
      assertEquals(1f, matrix[i * 70 + i]);
      for (int j = 0; j < 70; j++) {
        assertTrue(Math.abs(matrix[i * 70 + j]) <= 1, matrix[i * 70 + j] + " of " + i + " and " + j);
      }
    }
    assertEquals(-1, matrix[5], ReferenceDistances.gamma(260));
  }

  @Test
  void everyMethodAndNumberOfThreadsGivesTheSameBitsInBothOrders() {
    int n = several();
    double[][] x = variables(n, 33);
    float[] matrix = matrix(x, DType.F32, 1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(bits(matrix[i * n + j]), bits(matrix[j * n + i]), i + " and " + j);
      }
    }
    BestPartners expected = ReferenceCorrelation.best(matrix, n, firsts(n));
    for (int threads = 1; threads <= 3; threads++) {
      assertSameBits(matrix, matrix(x, DType.F32, threads), "matrix by " + threads);
      assertSameBits(matrix, streamed(x, threads), "streamed by " + threads);
      assertBest(expected, bestPartners(x, firsts(n), threads), "best partners by " + threads);
      for (int[] cut : new int[][] {{0, 1}, {0, n}, {1, n - 1}, {n / 2 - 1, 70}, {n - 1, 1}, {n, 0}}) {
        assertSameBits(
            Arrays.copyOfRange(matrix, cut[0] * n, (cut[0] + cut[1]) * n),
            rows(x, cut[0], cut[1], threads),
            "rows " + Arrays.toString(cut) + " by " + threads);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-15, 1e15})
  void variablesOfAnyScaleKeepTheirDigits(double scale) {
    double[][] x = variables(37, 21);
    assertCorrelations(mapped(x, value -> (float) (scale * value)), DType.F32, "scale " + scale);
    assertCorrelations(mapped(x, value -> scale * value), DType.F64, "scale " + scale);
  }

  /** Squares of these pass the range of double precision on either side. */
  @ParameterizedTest
  @ValueSource(ints = {-1060, -600, 600, 1020})
  void powersOfTwoAsScalesLeaveTheBitsAsTheyAre(int power) {
    double[][] x = mapped(variables(20, 21), value -> Math.rint(value * 256) / 256);
    assertSameBits(matrix(x, DType.F64, 1), matrix(mapped(x, value -> Math.scalb(value, power)), DType.F64, 1),
        "2^" + power);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3e4, 1e9})
  void aLargeMeanCostsNoDigits(double mean) {
    assertCorrelations(mapped(variables(37, 50), value -> mean + value), DType.F64, "mean " + mean);
    double single = mean / 1e5;
    assertCorrelations(mapped(variables(37, 50), value -> (float) (single + value)), DType.F32, "mean " + single);
  }

  @Test
  void bestPartnersAreThoseOfTheMatrixAtEverySize() {
    for (int n : counts()) {
      for (int t : samples()) {
        double[][] x = variables(n, t);
        BestPartners best = bestPartners(x, firsts(n), 2);
        assertBest(ReferenceCorrelation.best(matrix(x, DType.F32, 2), n, firsts(n)), best, n + " x " + t);
      }
    }
  }

  @Test
  void bestPartnersHaveTheLargestCorrelationOfTheDefinition() {
    double[][] x = variables(several(), 100);
    double[][] z = Arrays.stream(x).map(ReferenceCorrelation::standardised).toArray(double[][]::new);
    BestPartners best = bestPartners(x, firsts(x.length), 2);
    for (int i = 0; i < x.length; i++) {
      double found = ReferenceCorrelation.correlation(z[i], z[best.partners()[i]]);
      for (int j = 0; j < x.length; j++) {
        double allowed =
            ReferenceCorrelation.allowed(z[i], z[j]) + ReferenceCorrelation.allowed(z[i], z[best.partners()[i]]);
        assertTrue(i == j || ReferenceCorrelation.correlation(z[i], z[j]) <= found + allowed, i + " with " + j);
      }
    }
  }

  /** Rows of a Hadamard matrix: correlations are exactly 0, of either sign in whatever way they are summed. */
  @ParameterizedTest
  @ValueSource(ints = {64, 256})
  void ofEqualCorrelationsTheSmallestIndexIsTaken(int t) {
    double[][] x = new double[t - 1][t];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < t; k++) {
        x[i][k] = Integer.bitCount((i + 1) & k) % 2 == 0 ? 1 : -1;
      }
    }
    int[] expected = new int[x.length];
    expected[0] = 1;
    BestPartners best = bestPartners(x, firsts(x.length), 2);
    assertArrayEquals(expected, best.partners());
    for (float correlation : best.correlations()) {
      assertEquals(0f, Math.abs(correlation));
    }
    var late = firsts(x.length);
    late.clear(0, 7);
    Arrays.fill(expected, 7);
    Arrays.fill(expected, 0, 7, -1);
    expected[7] = 8;
    assertArrayEquals(expected, bestPartners(x, late, 1).partners());
  }

  /** Copies of 30 variables, 10 tiles' sides apart or in one tile. */
  @Test
  void ofCopiesEachTakesTheFirstOther() {
    int n = several();
    double[][] x = variables(n, 40);
    for (int i = 30; i < n; i++) {
      x[i] = x[i % 30];
    }
    BestPartners best = bestPartners(x, firsts(n), 3);
    for (int i = 0; i < n; i++) {
      assertEquals(i < 30 ? i + 30 : i % 30, best.partners()[i], "partner of " + i);
      assertEquals(1, best.correlations()[i], 2 * ReferenceDistances.gamma(43));
    }
  }

  /** Pairs that differ by one unit in the last place of one sample, where sums may be equal or not: as in the matrix. */
  @Test
  void nearTiesAreThoseOfTheMatrix() {
    double[][] x = variables(100, 64);
    for (int i = 4; i < 100; i++) {
      x[i] = x[i % 4].clone();
      x[i][i % 64] = Math.nextUp((float) x[i][i % 64]);
    }
    BestPartners expected = ReferenceCorrelation.best(matrix(x, DType.F32, 1), 100, firsts(100));
    assertBest(expected, bestPartners(x, firsts(100), 2), "near ties");
  }

  /** Unit vectors less their means: every correlation is −1/(T − 1). */
  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void variablesThatAreAllOpposedStillHaveABestPartner(int t) {
    double[][] x = new double[t][t];
    for (int i = 0; i < t; i++) {
      x[i][i] = 1;
    }
    BestPartners best = bestPartners(x, firsts(t), 1);
    assertBest(ReferenceCorrelation.best(matrix(x, DType.F32, 1), t, firsts(t)), best, "opposed");
    for (int i = 0; i < t; i++) {
      assertTrue(best.partners()[i] >= 0);
      assertEquals(-1.0 / (t - 1), best.correlations()[i], ReferenceDistances.gamma(t + 3));
    }
  }

  /** 0.1 is no sum of powers of two, so a mean of it is rounded. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void variablesWithoutACorrelationAreNamedAndHaveNone(DType type) {
    double[][] x = variables(80, 100);
    float[] clean = matrix(x, type, 1);
    Arrays.fill(x[0], 0);
    Arrays.fill(x[33], 0.1f);
    Arrays.fill(x[70], -1e30f);
    x[20][99] = Double.NaN;
    x[64][0] = Double.POSITIVE_INFINITY;
    x[79][50] = Double.NEGATIVE_INFINITY;
    Arrays.fill(x[50], Double.NaN);
    BitSet constant = BitSet.valueOf(new long[] {1L << 0 | 1L << 33, 1L << 70 - 64});
    BitSet notFinite = BitSet.valueOf(new long[] {1L << 20 | 1L << 50, 1L << 0 | 1L << 79 - 64});
    float[] found = matrix(x, type, 2);
    BestPartners all;
    try (Buffer variables = upload(x, type);
        Standardised standardised = engine().correlation().standardise(variables, 2)) {
      assertEquals(constant, standardised.constant());
      assertEquals(notFinite, standardised.notFinite());
      all = engine().correlation().bestPartners(standardised.rows(), 2);
      BitSet correlated = standardised.correlated();
      assertEquals(73, correlated.cardinality());
      assertBest(engine().correlation().bestPartners(standardised.rows(), correlated, 2), all, "those correlated");
      for (int i = 0; i < 80; i++) {
        assertEquals(correlated.get(i), all.partners()[i] >= 0, "partner of " + i);
        for (int j = 0; j < 80; j++) {
          boolean both = correlated.get(i) && correlated.get(j);
          assertEquals(bits(both ? clean[i * 80 + j] : Float.NaN), bits(found[i * 80 + j]), i + " and " + j);
        }
      }
    }
    assertBest(ReferenceCorrelation.best(found, 80, firsts(80)), all, "all");
  }

  @Test
  void onlyThoseThatTakePartHavePartnersAndAreThem() {
    int n = several();
    double[][] x = variables(n, 20);
    float[] matrix = matrix(x, DType.F32, 1);
    var random = new SplittableRandom(SEED);
    List<BitSet> masks = new ArrayList<>(List.of(new BitSet(), only(5), only(n - 1), only(0, n - 1), only(3, 90, 91)));
    for (double share : new double[] {0.02, 0.3, 0.9}) {
      var mask = new BitSet();
      for (int i = 0; i < n; i++) {
        mask.set(i, random.nextDouble() < share);
      }
      masks.add(mask);
    }
    for (BitSet mask : masks) {
      assertBest(ReferenceCorrelation.best(matrix, n, mask), bestPartners(x, mask, 2), mask.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65})
  void roundsOfMutualBestPartnersGiveThePairsOfASort(int n) {
    double[][] x = variables(n, 12);
    x[40] = x[3];
    x[41] = x[3];
    x[20] = x[60];
    var expected = new HashSet<>(ReferenceCorrelation.greedyPairs(matrix(x, DType.F32, 1), n));
    var found = new HashSet<ReferenceCorrelation.Pair>();
    try (Buffer variables = upload(x, DType.F32);
        Standardised standardised = engine().correlation().standardise(variables, 1)) {
      BitSet free = standardised.correlated();
      while (free.cardinality() > 1) {
        BestPartners best = engine().correlation().bestPartners(standardised.rows(), free, 2);
        for (int i = 0; i < n; i++) {
          int partner = best.partners()[i];
          if (partner > i && best.partners()[partner] == i) {
            found.add(new ReferenceCorrelation.Pair(i, partner, best.correlations()[i] + 0f));
            free.clear(i);
            free.clear(partner);
          }
        }
      }
    }
    assertEquals(n / 2, found.size());
    assertEquals(expected, found);
  }

  @Test
  void noVariablesHaveNoCorrelations() {
    try (Buffer none = engine().upload(MemorySegment.ofArray(new float[0]), DType.F32, 0, 3);
        Standardised standardised = engine().correlation().standardise(none, 1);
        Buffer matrix = engine().correlation().matrix(standardised.rows(), 1)) {
      assertEquals(0, matrix.rows());
      assertEquals(0, engine().correlation().bestPartners(standardised.rows(), 1).partners().length);
      engine().correlation().stream(standardised.rows(), 1, (from, count, rows) -> {
        throw new AssertionError("rows of nothing");
      });
    }
  }

  @Test
  void whatHasNoCorrelationsIsRefused() {
    Correlation correlation = engine().correlation();
    try (Buffer one = engine().upload(MemorySegment.ofArray(new float[4]), DType.F32, 4, 1);
        Buffer whole = engine().upload(MemorySegment.ofArray(new int[4]), DType.I32, 2, 2);
        Buffer doubles = engine().upload(MemorySegment.ofArray(new double[4]), DType.F64, 2, 2);
        Buffer floats = engine().upload(MemorySegment.ofArray(new float[4]), DType.F32, 2, 2)) {
      assertRefused("two samples", () -> correlation.standardise(one, 1));
      assertRefused("two samples", () -> correlation.matrix(one, 1));
      assertRefused("F32 or F64", () -> correlation.standardise(whole, 1));
      assertRefused("F32", () -> correlation.matrix(doubles, 1));
      assertRefused("rows 1 to 1 + 2", () -> correlation.rows(floats, 1, 2, 1));
      assertRefused("variable 2", () -> correlation.bestPartners(floats, only(0, 2), 1));
    }
  }

  private static void assertRefused(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private void assertCorrelations(double[][] x, DType type, String what) {
    int n = x.length;
    float[] found = matrix(x, type, 2);
    double[][] z = Arrays.stream(x).map(ReferenceCorrelation::standardised).toArray(double[][]::new);
    for (int i = 0; i < n; i++) {
      assertEquals(1f, found[i * n + i], what);
      for (int j = 0; j < i; j++) {
        double expected = ReferenceCorrelation.correlation(z[i], z[j]);
        double allowed = ReferenceCorrelation.allowed(z[i], z[j]);
        assertEquals(expected, found[i * n + j], allowed,
            what + " " + type + ", " + i + " and " + j + ", seed " + SEED);
      }
    }
  }

  private static void assertBest(BestPartners expected, BestPartners found, String what) {
    assertArrayEquals(expected.partners(), found.partners(), what);
    for (int i = 0; i < expected.partners().length; i++) {
      // −0 is equal to 0
      assertEquals(bits(expected.correlations()[i] + 0f), bits(found.correlations()[i] + 0f), what + ", of " + i);
    }
  }

  private static void assertSameBits(float[] expected, float[] found, String what) {
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(bits(expected[i]), bits(found[i]), what + ", element " + i);
    }
  }

  private static int bits(float value) {
    return Float.floatToIntBits(value);
  }

  private static BitSet only(int... set) {
    var bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }

  private static BitSet firsts(int n) {
    var all = new BitSet();
    all.set(0, n);
    return all;
  }

  /** Single-precision numbers that share a common part in three groups. */
  private static double[][] variables(int n, int t) {
    var random = new SplittableRandom(SEED + n);
    double[][] common = new double[3][t];
    for (double[] part : common) {
      Arrays.setAll(part, k -> random.nextGaussian());
    }
    double[][] x = new double[n][t];
    for (int i = 0; i < n; i++) {
      double[] part = common[i % 3];
      Arrays.setAll(x[i], k -> (float) (random.nextGaussian() + 0.7 * part[k]));
    }
    return x;
  }

  private static double[][] mapped(double[][] x, DoubleUnaryOperator map) {
    return Arrays.stream(x).map(row -> Arrays.stream(row).map(map).toArray()).toArray(double[][]::new);
  }

  private Buffer upload(double[][] x, DType type) {
    if (type == DType.F64) {
      return Buffers.upload(engine(), x);
    }
    double[] flat = Buffers.flat(x);
    float[] values = new float[flat.length];
    for (int i = 0; i < flat.length; i++) {
      values[i] = (float) flat[i];
    }
    return engine().upload(MemorySegment.ofArray(values), DType.F32, x.length, x[0].length);
  }

  private float[] matrix(double[][] x, DType type, int threads) {
    return of(x, type, rows -> downloaded(engine().correlation().matrix(rows, threads)));
  }

  private float[] rows(double[][] x, int from, int count, int threads) {
    return of(x, DType.F32, rows -> downloaded(engine().correlation().rows(rows, from, count, threads)));
  }

  private float[] streamed(double[][] x, int threads) {
    int n = x.length;
    float[] matrix = new float[n * n];
    return of(
        x,
        DType.F32,
        standardised -> {
          long[] next = {0};
          engine()
              .correlation()
              .stream(
                  standardised,
                  threads,
                  (from, count, rows) -> {
                    assertEquals(next[0], from);
                    MemorySegment.ofArray(matrix).asSlice(from * n * Float.BYTES, count * n * Float.BYTES)
                        .copyFrom(rows);
                    next[0] = from + count;
                  });
          assertEquals(n, next[0]);
          return matrix;
        });
  }

  private BestPartners bestPartners(double[][] x, BitSet among, int threads) {
    return of(x, DType.F32, rows -> engine().correlation().bestPartners(rows, among, threads));
  }

  private <T> T of(double[][] x, DType type, Function<Buffer, T> work) {
    try (Buffer variables = upload(x, type);
        Standardised standardised = engine().correlation().standardise(variables, 2)) {
      return work.apply(standardised.rows());
    }
  }

  private float[] downloaded(Buffer buffer) {
    try (buffer) {
      float[] values = new float[Math.toIntExact(buffer.rows() * buffer.columns())];
      engine().download(buffer, MemorySegment.ofArray(values));
      return values;
    }
  }
}
