package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** Operations that move numbers and compute nothing: transfers and widening. */
public final class MemoryOperations {
  private static final String TRANSFERRED = "each element is read once and written once";

  private MemoryOperations() {}

  /** Upload of so many F32 elements in a row. */
  public static Operation upload(long count) {
    return new Operation(
        "upload", DType.F32 + " " + count, Sharing.TRANSFER, Cost.ofMoving(8.0 * count, TRANSFERRED),
        (engine, threads) -> new Upload(engine, count));
  }

  /** Download of so many F32 elements in a row. */
  public static Operation download(long count) {
    return new Operation(
        "download", DType.F32 + " " + count, Sharing.TRANSFER, Cost.ofMoving(8.0 * count, TRANSFERRED),
        (engine, threads) -> new Download(engine, count));
  }

  /**
   * Widening of so many elements, all patterns of bits in turn.
   *
   * @param source BF16, F16, F8_E4M3, F8_E5M2 or F32
   */
  public static Operation widen(DType source, DType target, long count) {
    return new Operation(
        "widen." + (source + "." + target).toLowerCase(Locale.ROOT),
        source + " " + count,
        Sharing.ONE_THREAD,
        Cost.ofMoving((double) count * (source.bytes() + target.bytes()), TRANSFERRED),
        (engine, threads) -> new Widen(engine, source, target, count));
  }

  private static final class Upload extends Trial {
    private final MemorySegment elements;

    Upload(Engine engine, long count) {
      super(engine);
      elements = Patterns.fill(host(count * Float.BYTES), DType.F32);
    }

    @Override
    void work() {
      passing(engine().upload(elements, DType.F32, 1, elements.byteSize() / Float.BYTES));
    }

    @Override
    public void check() {
      requireSame(this, "upload", elements, downloaded(passing()));
    }
  }

  private static final class Download extends Trial {
    private final MemorySegment elements;
    private final MemorySegment destination;
    private final Buffer buffer;

    Download(Engine engine, long count) {
      super(engine);
      elements = Patterns.fill(host(count * Float.BYTES), DType.F32);
      destination = host(elements.byteSize());
      buffer = keep(engine.upload(elements, DType.F32, 1, count));
    }

    @Override
    void work() {
      engine().download(buffer, destination);
    }

    @Override
    public void check() {
      requireSame(this, "download", elements, destination);
    }
  }

  static void requireSame(Trial trial, String operation, MemorySegment expected, MemorySegment found) {
    long different = expected.mismatch(found);
    if (different >= 0) {
      throw trial.wrong(
          operation,
          "byte " + different,
          expected.get(ValueLayout.JAVA_BYTE, different),
          found.get(ValueLayout.JAVA_BYTE, different));
    }
  }

  private static final class Widen extends Trial {
    private final MemorySegment patterns;
    private final Buffer packed;
    private final DType source;
    private final DType target;

    Widen(Engine engine, DType source, DType target, long count) {
      super(engine);
      this.source = source;
      this.target = target;
      patterns = Patterns.fill(host(count * source.bytes()), source);
      packed = keep(engine.upload(patterns, source, 1, count));
    }

    @Override
    void work() {
      passing(engine().widening().widen(packed, target));
    }

    @Override
    public void check() {
      MemorySegment widened = downloaded(passing());
      for (long i = 0; i < packed.columns(); i++) {
        double expected = Patterns.value(patterns, i, source);
        double found =
            target == DType.F32
                ? widened.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                : widened.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        if (Double.compare(expected, found) != 0) {
          throw wrong("widening of " + source + " to " + target, "element " + i, expected, found);
        }
      }
    }
  }
}
