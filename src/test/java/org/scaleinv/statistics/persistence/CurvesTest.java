package org.scaleinv.statistics.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvesTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;

  private static double[][] distances(int points, int space, long seed) {
    Random random = new Random(seed);
    double[][] cloud = new double[points][space];
    for (double[] point : cloud) {
      Arrays.setAll(point, _ -> random.nextGaussian());
    }
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

  @Test
  void aClassLivesFromItsBirthUpToItsDeathWithoutIt() {
    var curve = new BettiCurve(new Barcode(new double[] {0, 1, 1}, new double[] {2, 2, FOREVER}));
    assertEquals(0, curve.at(-0.1));
    assertEquals(1, curve.at(0));
    assertEquals(1, curve.at(Math.nextDown(1.0)));
    assertEquals(3, curve.at(1));
    assertEquals(3, curve.at(Math.nextDown(2.0)));
    assertEquals(1, curve.at(2));
    assertEquals(1, curve.at(1e300));
    // cut off at 3: lengths 2, 1 and 2
    assertEquals(5, curve.integral(3), 1e-15);
    assertEquals(0.5 + 0, curve.integral(0.5), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({"5, 2, 1", "7, 2, 2", "7, 3, 3", "8, 5, 4"})
  void theEulerCurveIsTheAlternatingCountOfSimplices(int points, int space, long seed) {
    double[][] distances = distances(points, space, seed);
    var filtration = new SmallFiltration(distances);
    List<Barcode> barcodes = filtration.barcodes();
    var euler = new EulerCurve(barcodes);
    double[] lengths = new double[points * (points - 1) / 2];
    int pair = 0;
    double mean = 0;
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < i; j++) {
        double t = distances[i][j];
        int sum = 0;
        for (int k = 0; k < barcodes.size(); k++) {
          sum += (k % 2 == 0 ? 1 : -1) * new BettiCurve(barcodes.get(k)).at(t);
        }
        assertEquals(filtration.eulerCharacteristic(t), euler.at(t));
        assertEquals(sum, euler.at(t));
        lengths[pair++] = t;
        mean += euler.at(t);
      }
    }
    Arrays.sort(lengths);
    assertEquals(mean / pair, euler.meanOver(lengths), 1e-12);
    assertEquals(points, euler.at(0));
    assertEquals(1, euler.at(lengths[pair - 1]));
    assertEquals(points - 1, euler.dimension());
  }

  @Test
  void theEulerIntegralIsTheAlternatingSumOfLengths() {
    var zero = new Barcode(new double[] {0, 0}, new double[] {1, FOREVER});
    var one = new Barcode(new double[] {1.5}, new double[] {1.75});
    var two = new Barcode(new double[] {3}, new double[] {9});
    assertEquals(1 + 4 - 0.25 + 1, new EulerCurve(List.of(zero, one, two)).integral(4), 1e-15);
    assertEquals(1 + 4 - 0.25, new EulerCurve(List.of(zero, one)).integral(4), 1e-15);
  }

  @Test
  void theMeanOverPairsKnowsOnlyTheOrderOfLengths() {
    double[][] distances = distances(7, 3, 9);
    double[][] cubed = Arrays.stream(distances)
        .map(row -> Arrays.stream(row).map(x -> 5 * x * x * x).toArray())
        .toArray(double[][]::new);
    assertEquals(mean(distances), mean(cubed), 1e-12);
  }

  private static double mean(double[][] distances) {
    double[] lengths = new double[distances.length * (distances.length - 1) / 2];
    int pair = 0;
    for (int i = 0; i < distances.length; i++) {
      for (int j = 0; j < i; j++) {
        lengths[pair++] = distances[i][j];
      }
    }
    Arrays.sort(lengths);
    return new EulerCurve(new SmallFiltration(distances).barcodes().subList(0, 3)).meanOver(lengths);
  }

  @Test
  void whatIsNoBarIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Barcode(new double[] {1}, new double[] {0.5}));
    assertThrows(IllegalArgumentException.class, () -> new Barcode(new double[] {1}, new double[] {Double.NaN}));
    assertThrows(IllegalArgumentException.class, () -> new Barcode(new double[] {FOREVER}, new double[] {FOREVER}));
    assertThrows(IllegalArgumentException.class, () -> new Barcode(new double[1], new double[2]));
    assertThrows(IllegalArgumentException.class, () -> Barcode.of(new float[1], new float[1], 0));
  }
}
