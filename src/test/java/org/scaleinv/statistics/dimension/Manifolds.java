package org.scaleinv.statistics.dimension;

import java.util.Arrays;
import java.util.Random;

/** Points of known dimension in a space of any larger one, turned at random in it. */
final class Manifolds {
  private final Random random;

  Manifolds(long seed) {
    random = new Random(seed);
  }

  /** Uniform in [0, 1]^dimension. */
  PairDistances cube(int points, int dimension, int space) {
    double[][] cloud = new double[points][];
    Arrays.setAll(cloud, _ -> random.doubles(dimension).toArray());
    return embedded(cloud, space);
  }

  /** Uniform on the unit sphere of that dimension. */
  PairDistances sphere(int points, int dimension, int space) {
    double[][] cloud = new double[points][];
    Arrays.setAll(cloud, _ -> normalised(gaussian(dimension + 1)));
    return embedded(cloud, space);
  }

  /** A strip of width 21, rolled up one and a half times: uniform in angle and height. */
  PairDistances swissRoll(int points, int space) {
    double[][] cloud = new double[points][];
    Arrays.setAll(cloud, _ -> {
      double angle = 1.5 * Math.PI * (1 + 2 * random.nextDouble());
      return new double[] {angle * Math.cos(angle), 21 * random.nextDouble(), angle * Math.sin(angle)};
    });
    return embedded(cloud, space);
  }

  PairDistances gaussian(int points, int dimension) {
    double[][] cloud = new double[points][];
    Arrays.setAll(cloud, _ -> gaussian(dimension));
    return embedded(cloud, dimension);
  }

  private double[] gaussian(int length) {
    double[] vector = new double[length];
    Arrays.setAll(vector, _ -> random.nextGaussian());
    return vector;
  }

  private static double[] normalised(double[] vector) {
    double norm = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    return Arrays.stream(vector).map(x -> x / norm).toArray();
  }

  /** Zeros for the further coordinates, then reflections in random directions: an isometry. */
  private PairDistances embedded(double[][] cloud, int space) {
    double[][] placed = Arrays.stream(cloud).map(point -> Arrays.copyOf(point, space)).toArray(double[][]::new);
    for (int turn = 0; turn < 3; turn++) {
      double[] direction = normalised(gaussian(space));
      for (double[] point : placed) {
        double along = 0;
        for (int c = 0; c < space; c++) {
          along += point[c] * direction[c];
        }
        for (int c = 0; c < space; c++) {
          point[c] -= 2 * along * direction[c];
        }
      }
    }
    return distances(placed);
  }

  static PairDistances distances(double[][] cloud) {
    int points = cloud.length;
    float[] matrix = new float[points * points];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        double squares = 0;
        for (int c = 0; c < cloud[i].length; c++) {
          squares += (cloud[i][c] - cloud[j][c]) * (cloud[i][c] - cloud[j][c]);
        }
        matrix[i * points + j] = (float) Math.sqrt(squares);
      }
    }
    return new PairDistances(points, matrix);
  }
}
