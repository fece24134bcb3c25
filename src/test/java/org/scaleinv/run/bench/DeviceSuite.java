package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.ReferenceWidening;

/** The operations of {@code scaleinv bench} and those that it leaves out, so that every kernel is launched. */
final class DeviceSuite {
  private static final long SEED = 20251122;

  private DeviceSuite() {}

  /** @param small for an emulated device, and for tools that slow a device down */
  static Suite of(boolean small) {
    Suite usual = small ? Suite.small() : Suite.large();
    long elements = small ? 1 << 10 : 1 << 26;
    List<Operation> all = new ArrayList<>(usual.operations());
    for (DType source : DType.values()) {
      for (DType target : List.of(DType.F32, DType.F64)) {
        if (source.widens() && source != target) {
          Operation widening = widen(source, target, target == DType.F32 ? elements : elements / 2);
          if (!usual.names().contains(widening.name())) {
            all.add(widening);
          }
        }
      }
    }
    all.add(finite(elements / 2));
    for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.MANHATTAN, Metric.CHEBYSHEV)) {
      all.add(small ? near(metric, 50, 20) : near(metric, 6000, 768));
    }
    return new Suite(List.copyOf(all), usual.copyBytes(), usual.productOrder());
  }

  /** What stands before the first dot in the operations' names. */
  static Stream<String> groups() {
    return of(true).names().stream().map(name -> name.split("\\.")[0]).distinct();
  }

  private static Operation widen(DType source, DType target, long count) {
    return new Operation(
        MemoryOperations.widen(source, target, count).name(),
        source + " " + count,
        Sharing.ONE_THREAD,
        Cost.ofMoving((double) count * (source.bytes() + target.bytes()), "each element is read once and written once"),
        (engine, threads) -> new Widen(engine, source, target, count));
  }

  private static Operation finite(long count) {
    return new Operation(
        "finite", "F64 " + count, Sharing.ONE_THREAD,
        Cost.ofMoving((double) Double.BYTES * count, "each element is read once"),
        (engine, threads) -> new Finite(engine, count));
  }

  private static Operation near(Metric metric, int points, int coordinates) {
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
}
