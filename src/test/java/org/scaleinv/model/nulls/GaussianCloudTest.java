package org.scaleinv.model.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianCloudTest {

  /** Rows with independent coordinates of the given variances, the decay of a power law of exponent {@code decay}. */
  private static double[][] cloud(int points, int coordinates, double decay, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, points)
        .mapToObj(_ -> IntStream.range(0, coordinates)
            .mapToDouble(k -> Math.pow(k + 1, -decay / 2) * random.nextGaussian()).toArray())
        .toArray(double[][]::new);
  }

  private static GaussianCloud like(double[][] cloud) {
    int points = cloud.length;
    int coordinates = cloud[0].length;
    double[][] centred = new double[points][coordinates];
    for (int k = 0; k < coordinates; k++) {
      int column = k;
      double mean = Arrays.stream(cloud).mapToDouble(row -> row[column]).average().orElseThrow();
      for (int i = 0; i < points; i++) {
        centred[i][k] = cloud[i][k] - mean;
      }
    }
    double[] values = new SingularValueDecomposition(new Array2DRowRealMatrix(centred)).getSingularValues();
    return GaussianCloud.like(values, points, coordinates);
  }

  private static double trace(GaussianCloud cloud) {
    return Arrays.stream(cloud.variances()).sum();
  }

  private static double squares(GaussianCloud cloud) {
    return Arrays.stream(cloud.variances()).map(v -> v * v).sum();
  }

  /**
   * tr Σ and tr Σ² of the population, from clouds with more points than coordinates and fewer. The standard deviation of
   * tr S is √(2 tr Σ²/m), that of the estimate of tr Σ² is about 2/m·√(…) below 6 % of it here, averaged over 20.
   */
  @ParameterizedTest
  @CsvSource({"400, 20, 0", "60, 32, 0", "60, 128, 0", "60, 128, 0.5", "200, 300, 1", "100, 64, 1"})
  void traceAndSquaresAreThoseOfThePopulation(int points, int coordinates, double decay) {
    double trace = IntStream.rangeClosed(1, coordinates).mapToDouble(k -> Math.pow(k, -decay)).sum();
    double squares = IntStream.rangeClosed(1, coordinates).mapToDouble(k -> Math.pow(k, -2 * decay)).sum();
    int clouds = 20;
    double traces = 0;
    double sums = 0;
    for (int i = 0; i < clouds; i++) {
      GaussianCloud found = like(cloud(points, coordinates, decay, 100 + i));
      traces += trace(found) / clouds;
      sums += squares(found) / clouds;
    }
    assertEquals(trace, traces, 5 * Math.sqrt(2 * squares / (points * clouds)));
    assertEquals(squares, sums, 0.06 * squares);
  }

  /** What distances know of a covariance: their mean square 2 tr Σ, and the variance 8 tr Σ² of their squares. */
  @ParameterizedTest
  @CsvSource({"60, 128", "200, 16"})
  void distancesOfDrawsHaveItsMoments(int points, int coordinates) {
    GaussianCloud like = like(cloud(points, coordinates, 0.5, 7));
    int drawn = 4000;
    double[] values = like.draw(drawn, 5, "test", 0);
    double mean = 0;
    double square = 0;
    for (int pair = 0; pair < drawn / 2; pair++) {
      double length = 0;
      for (int k = 0; k < coordinates; k++) {
        double difference = values[2 * pair * coordinates + k] - values[(2 * pair + 1) * coordinates + k];
        length += difference * difference;
      }
      mean += length / (drawn / 2);
      square += length * length / (drawn / 2);
    }
    double variance = 8 * squares(like);
    assertEquals(2 * trace(like), mean, 5 * Math.sqrt(variance / (drawn / 2)));
    // pairs are independent; the excess kurtosis of squared lengths is below 2 here
    assertEquals(variance, square - mean * mean, 5 * variance * Math.sqrt(4.0 / (drawn / 2)));
  }

  /** With many points the eigenvalues are those of the sample covariance. */
  @Test
  void manyPointsKeepTheirCovariance() {
    double[][] cloud = cloud(4000, 3, 2, 11);
    double[] variances = like(cloud).variances();
    assertEquals(1, variances[0], 0.12);
    assertEquals(0.25, variances[1], 0.03);
    assertEquals(1 / 9.0, variances[2], 0.02);
  }

  @Test
  void oneCoordinateAndNoExtentAreNoTrouble() {
    assertArrayEquals(new double[] {2}, GaussianCloud.like(new double[] {2}, 3, 1).variances());
    assertArrayEquals(new double[5], GaussianCloud.like(new double[3], 3, 5).variances());
  }

  @Test
  void seedPurposeAndNumberDetermineADraw() {
    GaussianCloud like = new GaussianCloud(new double[] {1, 0.5});
    double[] first = like.draw(6, 1, "a", 0);
    assertArrayEquals(first, like.draw(6, 1, "a", 0));
    assertFalse(Arrays.equals(first, like.draw(6, 1, "a", 1)));
    assertFalse(Arrays.equals(first, like.draw(6, 1, "b", 0)));
    assertFalse(Arrays.equals(first, like.draw(6, 2, "a", 0)));
  }
}
