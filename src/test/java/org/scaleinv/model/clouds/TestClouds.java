package org.scaleinv.model.clouds;

import java.util.Random;

/** Clouds made by hand. */
final class TestClouds {
  private TestClouds() {}

  /** Independent Gaussian coordinates about a centre whose coordinates are all equal. */
  static double[] gaussian(int points, int coordinates, double centre, double deviation, long seed) {
    Random random = new Random(seed);
    double[] values = new double[points * coordinates];
    for (int i = 0; i < values.length; i++) {
      values[i] = centre + deviation * random.nextGaussian();
    }
    return values;
  }

  /** The points of both, those of the second behind those of the first. */
  static double[] joined(double[] first, double[] second) {
    double[] both = new double[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static PointCloud cloud(int coordinates, double[] values) {
    return new PointCloud(values.length / coordinates, coordinates, values);
  }

  static float[] distances(PointCloud cloud) {
    int n = cloud.points();
    int d = cloud.coordinates();
    float[] distances = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
          double difference = cloud.values()[i * d + k] - cloud.values()[j * d + k];
          sum += difference * difference;
        }
        distances[i * n + j] = (float) Math.sqrt(sum);
      }
    }
    return distances;
  }
}
