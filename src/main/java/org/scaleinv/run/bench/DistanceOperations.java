package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.SplittableRandom;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** All distances of a cloud of points, in single precision. */
public final class DistanceOperations {
  private static final long SEED = 20251122;

  /** Rows of the matrix that are compared with sums in double precision; symmetry holds the others to them. */
  private static final int ROWS_CHECKED = 16;

  private DistanceOperations() {}

  public static Operation all(Metric metric, int points, int coordinates) {
    double n = points;
    double d = coordinates;
    return new Operation(
        "distances." + metric.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        points + " x " + coordinates,
        Sharing.ALL_THREADS,
        new Cost(
            Float.BYTES * (n * d + n * n), d * n * (n - 1), DType.F32,
            "2·d·n(n−1)/2 FLOP, two a coordinate of each pair; points read, n² distances written"),
        (engine, threads) -> new All(engine, metric, points, coordinates, threads));
  }

  private static final class All extends Trial {
    private final Metric metric;
    private final int points;
    private final int coordinates;
    private final int threads;
    private final float[] cloud;
    private final Buffer uploaded;

    All(Engine engine, Metric metric, int points, int coordinates, int threads) {
      super(engine);
      this.metric = metric;
      this.points = points;
      this.coordinates = coordinates;
      this.threads = threads;
      cloud = new float[points * coordinates];
      var random = new SplittableRandom(SEED);
      for (int i = 0; i < cloud.length; i++) {
        cloud[i] = (float) random.nextDouble(-1, 1);
      }
      uploaded = keep(engine.upload(MemorySegment.ofArray(cloud), DType.F32, points, coordinates));
    }

    @Override
    void work() {
      passing(engine().distances().all(uploaded, metric, threads));
    }

    @Override
    public void check() {
      MemorySegment found = downloaded(passing());
      for (int i = 0; i < points; i++) {
        requireEqual(found, i, i, 0);
        for (int j = 0; j < i; j++) {
          requireEqual(found, i, j, at(found, j, i));
        }
      }
      int step = Math.max(1, points / ROWS_CHECKED);
      for (int i = 0; i < points; i += step) {
        for (int j = 0; j < points; j++) {
          requireClose(found, i, j);
        }
      }
    }

    private float at(MemorySegment distances, int i, int j) {
      return distances.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * points + j);
    }

    private void requireEqual(MemorySegment distances, int i, int j, float expected) {
      if (at(distances, i, j) != expected) {
        throw wrong(expected, at(distances, i, j), i, j);
      }
    }

    /**
     * Random points are far from each other, so that no digits cancel: a sum of d products errs by at most d·2⁻²⁴ of the
     * sum of their magnitudes, which is twice the distance, or 1 for the two that are cosines.
     */
    private void requireClose(MemorySegment distances, int i, int j) {
      double expected = i == j ? 0 : PlainDistance.of(metric, cloud, coordinates, i, j);
      double scale = metric == Metric.COSINE || metric == Metric.CORRELATION ? 1 : expected;
      if (!(Math.abs(at(distances, i, j) - expected) <= 4 * (coordinates + 8) * 0x1p-24 * scale)) {
        throw wrong(expected, at(distances, i, j), i, j);
      }
    }

    private RuntimeException wrong(double expected, double found, int i, int j) {
      return wrong(
          metric + " distances of " + points + " x " + coordinates, "points " + i + " and " + j, expected, found);
    }
  }
}
