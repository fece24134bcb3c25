package org.scaleinv.model.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutedCloudTest {
  private static final int POINTS = 200;

  /** Two coordinates that are equal. */
  private static double[] equalCoordinates() {
    return IntStream.range(0, 2 * POINTS).mapToDouble(i -> i / 2).toArray();
  }

  private static double[] coordinate(double[] values, int k) {
    return IntStream.range(0, values.length / 2).mapToDouble(i -> values[2 * i + k]).toArray();
  }

  @Test
  void eachCoordinateKeepsItsValues() {
    double[] all = PermutedCloud.draw(equalCoordinates(), POINTS, 2, POINTS, 3, "test", 0);
    double[] some = PermutedCloud.draw(equalCoordinates(), POINTS, 2, 50, 3, "test", 0);
    for (int k = 0; k < 2; k++) {
      assertArrayEquals(coordinate(equalCoordinates(), k), Arrays.stream(coordinate(all, k)).sorted().toArray());
      assertEquals(50, Arrays.stream(coordinate(some, k)).distinct().count());
    }
  }

  /** The correlation of independent orders has a standard deviation of 1/√(n − 1). */
  @Test
  void coordinatesNoLongerKnowEachOther() {
    double[] drawn = PermutedCloud.draw(equalCoordinates(), POINTS, 2, POINTS, 4, "test", 0);
    double mean = (POINTS - 1) / 2.0;
    double product = 0;
    double square = 0;
    for (int i = 0; i < POINTS; i++) {
      product += (drawn[2 * i] - mean) * (drawn[2 * i + 1] - mean);
      square += (drawn[2 * i] - mean) * (drawn[2 * i] - mean);
    }
    assertTrue(Math.abs(product / square) < 4 / Math.sqrt(POINTS - 1), "correlation " + product / square);
  }

  @Test
  void seedPurposeAndNumberDetermineADraw() {
    double[] values = equalCoordinates();
    double[] first = PermutedCloud.draw(values, POINTS, 2, 9, 1, "a", 0);
    assertArrayEquals(first, PermutedCloud.draw(values, POINTS, 2, 9, 1, "a", 0));
    assertFalse(Arrays.equals(first, PermutedCloud.draw(values, POINTS, 2, 9, 1, "a", 1)));
    assertFalse(Arrays.equals(first, PermutedCloud.draw(values, POINTS, 2, 9, 1, "b", 0)));
    assertFalse(Arrays.equals(first, PermutedCloud.draw(values, POINTS, 2, 9, 2, "a", 0)));
  }
}
