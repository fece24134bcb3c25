package org.scaleinv.statistics.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.statistics.Estimate;

class BarcodeDistancesTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;
  private static final Barcode NONE = bars();

  private static Barcode bars(double... ends) {
    return new Barcode(
        IntStream.range(0, ends.length / 2).mapToDouble(i -> ends[2 * i]).toArray(),
        IntStream.range(0, ends.length / 2).mapToDouble(i -> ends[2 * i + 1]).toArray());
  }

  private static double bottleneck(Barcode first, Barcode second) {
    return BottleneckDistance.of(first, second);
  }

  private static double wasserstein(Barcode first, Barcode second, double degree) {
    return WassersteinDistance.of(first, second, degree).toOptional().orElseThrow();
  }

  private static Barcode random(int count, Random random) {
    double[] births = random.doubles(count).toArray();
    return new Barcode(births, Arrays.stream(births).map(birth -> birth + random.nextDouble()).toArray());
  }

  /** Ends on a coarse grid: many costs are equal. */
  private static Barcode coarse(int count, Random random) {
    double[] births = random.doubles(count).map(x -> Math.floor(4 * x)).toArray();
    return new Barcode(births, Arrays.stream(births).map(birth -> birth + 1 + random.nextInt(4)).toArray());
  }

  /** All born at 0, as in dimension 0. */
  private static Barcode connected(int count, Random random) {
    return new Barcode(new double[count], random.doubles(count).map(x -> 1 - x).toArray());
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "2, 5", "4, 4", "5, 3", "6, 6"})
  void noMatchingIsBetter(int one, int other) {
    Random random = new Random(31L * one + other);
    for (int trial = 0; trial < 30; trial++) {
      for (int kind = 0; kind < 3; kind++) {
        Barcode first = kind == 0 ? random(one, random) : kind == 1 ? coarse(one, random) : connected(one, random);
        Barcode second =
            kind == 0 ? random(other, random) : kind == 1 ? coarse(other, random) : connected(other, random);
        assertEquals(AllMatchings.bottleneck(first, second), bottleneck(first, second));
        for (double degree : new double[] {1, 2, 3.5}) {
          double expected = AllMatchings.wasserstein(first, second, degree);
          assertEquals(expected, wasserstein(first, second, degree), 1e-12 * expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.125", "7, 0.03125", "300, 0.25"})
  void barsThatAreFarApartAreMatchedWithTheirLikes(int count, double shift) {
    double[] births = IntStream.range(0, count).mapToDouble(i -> 10 * i).toArray();
    Barcode here = new Barcode(births, Arrays.stream(births).map(birth -> birth + 4).toArray());
    Barcode there = new Barcode(
        Arrays.stream(births).map(birth -> birth + shift).toArray(),
        Arrays.stream(births).map(birth -> birth + 4 - shift).toArray());
    assertEquals(shift, bottleneck(here, there));
    assertEquals(shift * count, wasserstein(here, there, 1), 1e-13 * count);
    assertEquals(shift * Math.sqrt(count), wasserstein(here, there, 2), 1e-13 * count);
  }

  @Test
  void withoutAPartnerABarCostsHalfItsLength() {
    assertEquals(2, bottleneck(bars(0, 4, 1, 3), NONE));
    assertEquals(3, wasserstein(NONE, bars(0, 4, 1, 3), 1), 1e-15);
    assertEquals(Math.sqrt(5), wasserstein(bars(0, 4, 1, 3), NONE, 2), 1e-15);
    // leaving both over is cheaper than matching them
    assertEquals(1, bottleneck(bars(0, 2), bars(10, 12)));
    assertEquals(2, wasserstein(bars(0, 2), bars(10, 12), 1), 1e-15);
    assertEquals(0, bottleneck(NONE, NONE));
    assertEquals(0, wasserstein(NONE, NONE, 2));
  }

  @Test
  void essentialBarsAreMatchedAmongThemselves() {
    Barcode one = bars(0, FOREVER, 3, FOREVER, 0, 1);
    assertEquals(1, bottleneck(one, bars(2, FOREVER, 1, FOREVER, 0, 1)));
    assertEquals(Math.sqrt(2), wasserstein(one, bars(2, FOREVER, 1, FOREVER, 0, 1), 2), 1e-15);
    assertEquals(FOREVER, bottleneck(one, bars(0, FOREVER, 0, 1)));
    assertEquals(FOREVER, wasserstein(one, bars(0, FOREVER, 0, 1), 2));
    assertEquals(0.5, bottleneck(one, bars(3, FOREVER, 0, FOREVER)));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 150})
  void bothAreMetrics(int count) {
    Random random = new Random(count);
    for (int trial = 0; trial < 5; trial++) {
      Barcode x = random(count, random);
      Barcode y = random(count + 3, random);
      Barcode z = coarse(count / 2, random);
      assertEquals(0, bottleneck(x, x));
      assertEquals(0, wasserstein(x, x, 2));
      assertEquals(bottleneck(x, y), bottleneck(y, x));
      assertTrue(bottleneck(x, z) <= bottleneck(x, y) + bottleneck(y, z) + 1e-15);
      for (double degree : new double[] {1, 2}) {
        double there = wasserstein(x, y, degree);
        assertTrue(there > 0);
        assertEquals(there, wasserstein(y, x, degree), 1e-12 * there);
        assertTrue(wasserstein(x, z, degree) <= (there + wasserstein(y, z, degree)) * (1 + 1e-12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 60", "100, 100", "150, 10"})
  void manyBarsAreMatchedAsByTheHungarianMethod(int one, int other) {
    Random random = new Random(one);
    for (int kind = 0; kind < 3; kind++) {
      Barcode first = kind == 0 ? random(one, random) : kind == 1 ? coarse(one, random) : connected(one, random);
      Barcode second =
          kind == 0 ? random(other, random) : kind == 1 ? coarse(other, random) : connected(other, random);
      for (double degree : new double[] {1, 2}) {
        double expected = SquareAssignment.wasserstein(first, second, degree);
        assertEquals(expected, wasserstein(first, second, degree), 1e-12 * expected);
        // the largest of at most one + other costs
        double worst = bottleneck(first, second);
        assertTrue(worst <= expected && expected <= worst * Math.pow(one + other, 1 / degree));
      }
    }
  }

  /** Cuts the costs at δ and asks the Hungarian method whether all bars find a place. */
  @ParameterizedTest
  @CsvSource({"30, 40", "70, 60"})
  void theBottleneckOfManyBarsIsEnoughAndNothingBelowItIs(int one, int other) {
    Random random = new Random(other);
    for (int kind = 0; kind < 3; kind++) {
      Barcode first = kind == 0 ? random(one, random) : kind == 1 ? coarse(one, random) : connected(one, random);
      Barcode second =
          kind == 0 ? random(other, random) : kind == 1 ? coarse(other, random) : connected(other, random);
      double delta = bottleneck(first, second);
      assertEquals(0, SquareAssignment.costsAbove(first, second, delta));
      assertTrue(SquareAssignment.costsAbove(first, second, Math.nextDown(delta)) > 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 2, 0.01", "8, 2, 0.1", "9, 3, 0.3"})
  void movingDistancesByEpsilonMovesBarcodesByAtMostThat(int points, int space, double epsilon) {
    Random random = new Random(points);
    for (int trial = 0; trial < 3; trial++) {
      double[][] here = distances(points, space, random);
      double[][] there = Arrays.stream(here).map(double[]::clone).toArray(double[][]::new);
      double most = 0;
      for (int i = 0; i < points; i++) {
        for (int j = 0; j < i; j++) {
          double moved = Math.max(0, here[i][j] + epsilon * (2 * random.nextDouble() - 1));
          there[i][j] = moved;
          there[j][i] = moved;
          most = Math.max(most, Math.abs(moved - here[i][j]));
        }
      }
      List<Barcode> before = new SmallFiltration(here).barcodes();
      List<Barcode> after = new SmallFiltration(there).barcodes();
      double largest = 0;
      for (int k = 0; k < points; k++) {
        double distance = bottleneck(before.get(k), after.get(k));
        assertTrue(distance <= most, "dimension " + k + ": " + distance + " > " + most);
        largest = Math.max(largest, distance);
      }
      assertTrue(largest > 0);
    }
  }

  private static double[][] distances(int points, int space, Random random) {
    double[][] cloud = IntStream.range(0, points)
        .mapToObj(_ -> IntStream.range(0, space).mapToDouble(_ -> random.nextGaussian()).toArray())
        .toArray(double[][]::new);
    double[][] distances = new double[points][points];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        for (int c = 0; c < space; c++) {
          distances[i][j] = Math.hypot(distances[i][j], cloud[i][c] - cloud[j][c]);
        }
      }
    }
    return distances;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e200})
  void aUnitOfLengthIsAFactor(double unit) {
    Random random = new Random(4);
    Barcode first = random(20, random);
    Barcode second = random(25, random);
    assertEquals(bottleneck(first, second), bottleneck(scaled(first, unit), scaled(second, unit)) / unit, 1e-14);
    assertEquals(
        wasserstein(first, second, 3), wasserstein(scaled(first, unit), scaled(second, unit), 3) / unit, 1e-12);
  }

  private static Barcode scaled(Barcode bars, double unit) {
    return new Barcode(
        Arrays.stream(bars.births()).map(x -> x * unit).toArray(),
        Arrays.stream(bars.deaths()).map(x -> x * unit).toArray());
  }

  @Test
  void whatIsTooLargeIsRefusedWithItsNumber() {
    Barcode large = connected(WassersteinDistance.MOST_BARS + 1, new Random(1));
    var refused = assertInstanceOf(Estimate.NotApplicable.class, WassersteinDistance.of(large, NONE, 2));
    assertTrue(refused.reason().contains(Integer.toString(large.size())));
    assertEquals(0, bottleneck(large, large));
    assertThrows(IllegalArgumentException.class, () -> WassersteinDistance.of(NONE, NONE, 0.5));
  }
}
