package org.scaleinv.model.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntrainedRowsTest {

  private static UntrainedRows found(PointCloud table) {
    return UntrainedRows.of(table, TestClouds.distances(table));
  }

  private static BitSet first(int count) {
    BitSet rows = new BitSet();
    rows.set(0, count);
    return rows;
  }

  /** Trained rows about the origin, untrained ones drifted away together: few, as many, and more of them. */
  @ParameterizedTest
  @CsvSource({"12, 120, 32, 0.6", "12, 120, 128, 0.3", "80, 80, 64, -0.5", "190, 60, 32, 0.6", "190, 60, 16, 1"})
  void rowsThatDriftedTogetherAreUntrained(int untrained, int trained, int width, double drift) {
    double deviation = 0.15 / Math.sqrt(width) * 2;
    double[] rows = TestClouds.joined(
        TestClouds.gaussian(untrained, width, drift, deviation, 1),
        TestClouds.gaussian(trained, width, 0, 1.5 / Math.sqrt(width), 2));
    UntrainedRows found = found(TestClouds.cloud(width, rows));
    assertEquals(first(untrained), found.members());
    assertEquals(untrained, found.clumped());
    assertEquals(deviation * Math.sqrt(width), found.radius(), 0.1 * found.radius());
  }

  /** Rows that were touched a few times have moved part of the way, each in its own direction. */
  @Test
  void rowsThatWereHardlyTouchedAreUntrainedToo() {
    int width = 64;
    double[] untrained = TestClouds.gaussian(100, width, 0.5, 0.02, 11);
    double[] touched = TestClouds.gaussian(30, width, 0.5, 0.05, 12);
    double[] trained = TestClouds.gaussian(300, width, 0, 0.2, 13);
    double[] rows = TestClouds.joined(TestClouds.joined(untrained, touched), trained);
    UntrainedRows found = found(TestClouds.cloud(width, rows));
    assertEquals(first(130), found.members());
  }

  /** What weight decay leaves of rows that got no gradient. */
  @Test
  void rowsThatDecayedAreUntrained() {
    double[] rows =
        TestClouds.joined(TestClouds.gaussian(40, 48, 0, 0.01, 3), TestClouds.gaussian(90, 48, 0, 0.2, 4));
    assertEquals(first(40), found(TestClouds.cloud(48, rows)).members());
  }

  @ParameterizedTest
  @CsvSource({"62, 32", "256, 128", "400, 3", "500, 5", "1000, 8", "54, 64"})
  void noneOfAGaussianTableIs(int points, int width) {
    UntrainedRows found = found(TestClouds.cloud(width, TestClouds.gaussian(points, width, 0.1, 1, points)));
    assertEquals(new BitSet(), found.members());
  }

  /** Words of one kind, spread along a few directions, are no isotropic noise. */
  @Test
  void aClusterOfFewDimensionsIsNotUntrained() {
    int width = 32;
    double[] few = new double[40 * width];
    double[] along = TestClouds.gaussian(40, 2, 0, 0.3, 5);
    for (int i = 0; i < 40; i++) {
      few[i * width] = 5 + along[2 * i];
      few[i * width + 1] = along[2 * i + 1];
    }
    PointCloud table = TestClouds.cloud(width, TestClouds.joined(few, TestClouds.gaussian(60, width, 0, 1, 6)));
    assertEquals(new BitSet(), found(table).members());
  }

  @Test
  void zeroRowsAndEqualRowsAre() {
    double[] trained = TestClouds.gaussian(50, 16, 0, 1, 7);
    assertEquals(first(3), found(TestClouds.cloud(16, TestClouds.joined(new double[3 * 16], trained))).members());
    double[] equal = new double[20 * 16];
    IntStream.range(0, equal.length).forEach(i -> equal[i] = 0.1 * (i % 16) + 0.3);
    assertEquals(first(20), found(TestClouds.cloud(16, TestClouds.joined(equal, trained))).members());
  }

  @Test
  void theOrderOfTheRowsAndTheirUnitChangeNothing() {
    double[] rows =
        TestClouds.joined(TestClouds.gaussian(30, 24, 0.7, 0.05, 8), TestClouds.gaussian(70, 24, 0, 0.3, 9));
    PointCloud table = TestClouds.cloud(24, rows);
    int[] order = Orders.draw(100, 100, 1, "rows");
    BitSet expected = new BitSet();
    IntStream.range(0, 100).filter(i -> order[i] < 30).forEach(expected::set);
    assertEquals(expected, found(table.of(order)).members());
    double[] scaled = IntStream.range(0, rows.length).mapToDouble(i -> 1e-4 * rows[i]).toArray();
    assertEquals(first(30), found(TestClouds.cloud(24, scaled)).members());
  }

  @Test
  void tooFewRowsShowNothing() {
    assertTrue(found(TestClouds.cloud(4, TestClouds.gaussian(8, 4, 0, 1, 10))).members().isEmpty());
  }
}
