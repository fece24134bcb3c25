package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.SplittableRandom;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Standardised;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.ReferenceWidening;

/** Operations that {@code scaleinv bench} leaves out, by kernels that no other launches. */
final class DeviceOperations {
  private static final long SEED = 20251122;

  private DeviceOperations() {}

  static Operation widen(DType source, DType target, long count) {
    return new Operation(
        MemoryOperations.widen(source, target, count).name(),
        source + " " + count,
        Sharing.ONE_THREAD,
        Cost.ofMoving((double) count * (source.bytes() + target.bytes()), "each element is read once and written once"),
        (engine, threads) -> new Widen(engine, source, target, count));
  }

  static Operation finite(long count) {
    return new Operation(
        "finite", "F64 " + count, Sharing.ONE_THREAD,
        Cost.ofMoving((double) Double.BYTES * count, "each element is read once"),
        (engine, threads) -> new Finite(engine, count));
  }

  static Operation near(Metric metric, int points, int coordinates) {
    double n = points;
    double d = coordinates;
    return new Operation(
        "near-pairs." + metric.name().toLowerCase(Locale.ROOT),
        points + " x " + coordinates,
        Sharing.ALL_THREADS,
        new Cost(
            Float.BYTES * n * d, d * n * (n - 1), DType.F32,
            "2·d·n(n−1)/2 FLOP, two a coordinate of each pair; points read, few pairs written"),
        (engine, threads) -> new Near(engine, metric, points, coordinates, threads));
  }

  /** Standardising of F64; the bench has F32. */
  static Operation standardise(int variables, int samples) {
    double elements = (double) variables * samples;
    return new Operation(
        "correlation.standardise.f64", variables + " x " + samples, Sharing.ALL_THREADS,
        Cost.ofMoving((Double.BYTES + Float.BYTES) * elements, "variables read and written once"),
        (engine, threads) -> new Standardise(engine, variables, samples, threads));
  }

  private static final class Widen extends Trial {
    /** Elements from one that is checked to the next: no power of two, so that all lanes have their turn. */
    private static final long STEP = 997;

    private final DType source;
    private final DType target;
    private final MemorySegment patterns;
    private final Buffer packed;

    Widen(Engine engine, DType source, DType target, long count) {
      super(engine);
      this.source = source;
      this.target = target;
      patterns = host(count * source.bytes());
      var random = new SplittableRandom(SEED);
      for (long at = 0; at + Long.BYTES <= patterns.byteSize(); at += Long.BYTES) {
        patterns.set(ValueLayout.JAVA_LONG, at, random.nextLong());
      }
      packed = keep(engine.upload(patterns, source, 1, count));
    }

    @Override
    void work() {
      passing(engine().widening().widen(packed, target));
    }

    @Override
    public void check() {
      MemorySegment widened = downloaded(passing());
      long step = packed.columns() > 100 * STEP ? STEP : 1;
      for (long i = 0; i < packed.columns(); i += step) {
        double expected =
            target == DType.F32
                ? ReferenceWidening.toFloat(source, bits(i))
                : ReferenceWidening.toDouble(source, bits(i));
        double found =
            target == DType.F32
                ? widened.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                : widened.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        if (Double.compare(expected, found) != 0) {
          throw wrong("widening of " + source + " to " + target, "element " + i, expected, found);
        }
      }
    }

    private long bits(long i) {
      return switch (source.bytes()) {
        case 1 -> patterns.get(ValueLayout.JAVA_BYTE, i) & 0xffL;
        case 2 -> patterns.getAtIndex(ValueLayout.JAVA_SHORT, i) & 0xffffL;
        case 4 -> patterns.getAtIndex(ValueLayout.JAVA_INT, i) & 0xffff_ffffL;
        default -> patterns.getAtIndex(ValueLayout.JAVA_LONG, i);
      };
    }
  }

  private static final class Finite extends Trial {
    private final Buffer numbers;
    private boolean found;

    Finite(Engine engine, long count) {
      super(engine);
      MemorySegment elements = host(count * Double.BYTES);
      for (long i = 0; i < count; i++) {
        elements.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
      }
      numbers = keep(engine.upload(elements, DType.F64, 1, count));
    }

    @Override
    void work() {
      found = engine().spectra().finite(numbers);
    }

    @Override
    public void check() {
      if (!found) {
        throw wrong("check of numbers", "the whole", "finite", "not finite");
      }
    }
  }

  /** The pairs below the threshold are counted in the matrix of all distances. */
  private static final class Near extends Trial {
    private final Metric metric;
    private final int points;
    private final int threads;
    private final Buffer uploaded;
    private final float threshold;
    private final long expected;
    private DistanceGraph graph;

    Near(Engine engine, Metric metric, int points, int coordinates, int threads) {
      super(engine);
      this.metric = metric;
      this.points = points;
      this.threads = threads;
      float[] cloud = new float[points * coordinates];
      var random = new SplittableRandom(SEED);
      for (int i = 0; i < cloud.length; i++) {
        cloud[i] = (float) random.nextDouble(-1, 1);
      }
      uploaded = keep(engine.upload(MemorySegment.ofArray(cloud), DType.F32, points, coordinates));
      MemorySegment all = distances();
      threshold = nearest(all);
      expected = within(all);
    }

    private MemorySegment distances() {
      try (Buffer all = engine().distances().all(uploaded, metric, threads)) {
        return downloaded(all);
      }
    }

    /** The distance from point 0 to its nearest: few other pairs are nearer. */
    private float nearest(MemorySegment all) {
      float nearest = Float.POSITIVE_INFINITY;
      for (int j = 1; j < points; j++) {
        nearest = Math.min(nearest, all.getAtIndex(ValueLayout.JAVA_FLOAT, j));
      }
      return nearest;
    }

    private long within(MemorySegment all) {
      long pairs = 0;
      for (long i = 0; i < points; i++) {
        for (long j = i + 1; j < points; j++) {
          pairs += all.getAtIndex(ValueLayout.JAVA_FLOAT, i * points + j) <= threshold ? 1 : 0;
        }
      }
      return pairs;
    }

    @Override
    void work() {
      graph = engine().distances().within(uploaded, metric, threshold, threads);
    }

    @Override
    public void check() {
      if (graph.pairs() != expected) {
        throw wrong(metric + " pairs within " + threshold, "number of pairs", expected, graph.pairs());
      }
    }
  }

  /** Every variable is a straight line, by another slope: all are the same when standardised. */
  private static final class Standardise extends Trial {
    private final int variables;
    private final int samples;
    private final int threads;
    private final Buffer uploaded;
    private Standardised found;

    Standardise(Engine engine, int variables, int samples, int threads) {
      super(engine);
      this.variables = variables;
      this.samples = samples;
      this.threads = threads;
      double[] lines = new double[variables * samples];
      for (int i = 0; i < lines.length; i++) {
        lines[i] = (1 + i / samples) * (double) (i % samples) - 3;
      }
      uploaded = keep(upload(lines, variables, samples));
    }

    @Override
    void putBack() {
      if (found != null) {
        found.close();
        found = null;
      }
    }

    @Override
    void work() {
      found = engine().correlation().standardise(uploaded, threads);
    }

    /** Rounded once to single precision, from sums in double precision. */
    @Override
    public void check() {
      MemorySegment rows = downloaded(found.rows());
      double middle = (samples - 1) / 2.0;
      double length = Math.sqrt(samples * ((double) samples * samples - 1) / 12);
      for (long i = 0; i < (long) variables * samples; i++) {
        double expected = (i % samples - middle) / length;
        double value = rows.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        if (!(Math.abs(value - expected) <= 0x1p-22 * Math.abs(expected) + 1e-10)) {
          throw wrong("standardising", "element " + i, expected, value);
        }
      }
    }

    @Override
    public void close() {
      putBack();
      super.close();
    }
  }
}
