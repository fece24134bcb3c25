package org.scaleinv.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.scaleinv.tensor.DType;

/** Distances of a test (points, points), row by row. */
record DistanceMatrix(int points, float[] values) {
  /** A distance of two points by their indices, the first one smaller. */
  @FunctionalInterface
  interface Length {
    double of(int i, int j);
  }

  static DistanceMatrix of(int points, Length length) {
    var matrix = new DistanceMatrix(points, new float[points * points]);
    for (int j = 1; j < points; j++) {
      for (int i = 0; i < j; i++) {
        matrix.set(i, j, (float) length.of(i, j));
      }
    }
    return matrix;
  }

  static DistanceMatrix euclidean(double[]... points) {
    return of(
        points.length,
        (i, j) -> {
          double square = 0;
          for (int c = 0; c < points[i].length; c++) {
            square += (points[i][c] - points[j][c]) * (points[i][c] - points[j][c]);
          }
          return Math.sqrt(square);
        });
  }

  static DistanceMatrix gaussian(int points, int coordinates, long seed) {
    var random = new SplittableRandom(seed);
    double[][] cloud = new double[points][coordinates];
    for (double[] point : cloud) {
      Arrays.setAll(point, c -> random.nextGaussian());
    }
    return euclidean(cloud);
  }

  /** Whole numbers from {@code least} to {@code most}: many are equal, and triangles need not close. */
  static DistanceMatrix whole(int points, int least, int most, long seed) {
    var random = new SplittableRandom(seed);
    return of(points, (i, j) -> random.nextInt(least, most + 1));
  }

  /** The same, a pair in {@code 1 / share} never joined. */
  DistanceMatrix severed(double share, long seed) {
    var random = new SplittableRandom(seed);
    return of(points, (i, j) -> random.nextDouble() < share ? Float.POSITIVE_INFINITY : at(i, j));
  }

  /** Steps along a circle of {@code points} places. */
  static DistanceMatrix cycle(int points) {
    return of(points, (i, j) -> Math.min(j - i, points - (j - i)));
  }

  /** Both side by side, no point of one joined to one of the other. */
  DistanceMatrix beside(DistanceMatrix other) {
    return of(
        points + other.points,
        (i, j) -> j < points ? at(i, j) : i >= points ? other.at(i - points, j - points) : Float.POSITIVE_INFINITY);
  }

  /** All pairs of points, as far apart as the farther of their two parts. */
  DistanceMatrix times(DistanceMatrix other) {
    int n = other.points;
    return of(points * n, (i, j) -> Math.max(at(i / n, j / n), other.at(i % n, j % n)));
  }

  float at(int i, int j) {
    return values[i * points + j];
  }

  void set(int i, int j, float length) {
    values[i * points + j] = length;
    values[j * points + i] = length;
  }

  /** Point i of the result is point {@code order[i]} of this. */
  DistanceMatrix ordered(int[] order) {
    return of(points, (i, j) -> at(order[i], order[j]));
  }

  DistanceMatrix shuffled(long seed) {
    return ordered(order(points, seed));
  }

  static int[] order(int points, long seed) {
    int[] order = new int[points];
    Arrays.setAll(order, i -> i);
    var random = new SplittableRandom(seed);
    for (int i = points - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  /** The finite ones. */
  DistanceGraph graph() {
    long[] offsets = new long[points + 1];
    List<Integer> partners = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        if (Float.isFinite(at(i, j))) {
          partners.add(j);
        }
      }
      offsets[i + 1] = partners.size();
    }
    float[] lengths = new float[partners.size()];
    for (int i = 0; i < points; i++) {
      for (long p = offsets[i]; p < offsets[i + 1]; p++) {
        lengths[(int) p] = at(i, partners.get((int) p));
      }
    }
    return new DistanceGraph(offsets, partners.stream().mapToInt(Integer::intValue).toArray(), lengths);
  }

  /** Finite lengths, ascending, each once. */
  float[] lengths() {
    float[] sorted = graph().lengths().clone();
    Arrays.sort(sorted);
    int kept = 0;
    for (float length : sorted) {
      if (kept == 0 || sorted[kept - 1] != length) {
        sorted[kept++] = length;
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  Buffer upload(Engine engine) {
    return engine.upload(MemorySegment.ofArray(values), DType.F32, points, points);
  }
}
