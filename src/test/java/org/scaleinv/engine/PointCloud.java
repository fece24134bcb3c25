package org.scaleinv.engine;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.scaleinv.tensor.DType;

/** Points of a test: F32 coordinates, row by row. */
record PointCloud(int points, int coordinates, float[] values) {
  static PointCloud gaussian(int points, int coordinates, double scale, long seed) {
    var random = new SplittableRandom(seed);
    var cloud = new PointCloud(points, coordinates, new float[points * coordinates]);
    for (int i = 0; i < cloud.values.length; i++) {
      cloud.values[i] = (float) (scale * random.nextGaussian());
    }
    return cloud;
  }

  /** Whole numbers from −7 to 7: sums of their differences and squares are exact in F32. */
  static PointCloud lattice(int points, int coordinates, long seed) {
    var random = new SplittableRandom(seed);
    var cloud = new PointCloud(points, coordinates, new float[points * coordinates]);
    for (int i = 0; i < cloud.values.length; i++) {
      cloud.values[i] = random.nextInt(-7, 8);
    }
    return cloud;
  }

  void set(int point, int coordinate, float value) {
    values[point * coordinates + coordinate] = value;
  }

  void fill(int point, float value) {
    for (int c = 0; c < coordinates; c++) {
      set(point, c, value);
    }
  }

  double[] point(int point) {
    double[] wide = new double[coordinates];
    for (int c = 0; c < coordinates; c++) {
      wide[c] = values[point * coordinates + c];
    }
    return wide;
  }

  /** Point i of the result is point {@code order[i]} of this. */
  PointCloud ordered(int[] order) {
    var cloud = new PointCloud(points, coordinates, new float[values.length]);
    for (int i = 0; i < points; i++) {
      System.arraycopy(values, order[i] * coordinates, cloud.values, i * coordinates, coordinates);
    }
    return cloud;
  }

  Buffer upload(Engine engine) {
    return engine.upload(MemorySegment.ofArray(values), DType.F32, points, coordinates);
  }
}
