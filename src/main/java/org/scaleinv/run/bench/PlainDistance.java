package org.scaleinv.run.bench;

import org.scaleinv.engine.Metric;

/** Distances by their definitions, in double precision. */
final class PlainDistance {
  private PlainDistance() {}

  /** Between points i and j of a row-major cloud. */
  static double of(Metric metric, float[] cloud, int coordinates, int i, int j) {
    int x = i * coordinates;
    int y = j * coordinates;
    return switch (metric) {
      case EUCLIDEAN -> Math.sqrt(squared(cloud, coordinates, x, y));
      case SQUARED_EUCLIDEAN -> squared(cloud, coordinates, x, y);
      case COSINE -> 1 - cosine(cloud, coordinates, x, y, 0, 0);
      case CORRELATION ->
          1 - cosine(cloud, coordinates, x, y, mean(cloud, coordinates, x), mean(cloud, coordinates, y));
      case MANHATTAN -> {
        double sum = 0;
        for (int k = 0; k < coordinates; k++) {
          sum += Math.abs((double) cloud[x + k] - cloud[y + k]);
        }
        yield sum;
      }
      case CHEBYSHEV -> {
        double largest = 0;
        for (int k = 0; k < coordinates; k++) {
          largest = Math.max(largest, Math.abs((double) cloud[x + k] - cloud[y + k]));
        }
        yield largest;
      }
    };
  }

  private static double squared(float[] cloud, int coordinates, int x, int y) {
    double sum = 0;
    for (int k = 0; k < coordinates; k++) {
      double difference = (double) cloud[x + k] - cloud[y + k];
      sum += difference * difference;
    }
    return sum;
  }

  private static double mean(float[] cloud, int coordinates, int x) {
    double sum = 0;
    for (int k = 0; k < coordinates; k++) {
      sum += cloud[x + k];
    }
    return sum / coordinates;
  }

  private static double cosine(float[] cloud, int coordinates, int x, int y, double meanX, double meanY) {
    double product = 0;
    double squareX = 0;
    double squareY = 0;
    for (int k = 0; k < coordinates; k++) {
      double a = cloud[x + k] - meanX;
      double b = cloud[y + k] - meanY;
      product += a * b;
      squareX += a * a;
      squareY += b * b;
    }
    return product / Math.sqrt(squareX * squareY);
  }
}
