package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.ReferenceWidening;

/** What every engine's widening keeps to: the bits of the definition, at every pattern and every count. */
public abstract class WideningContract {
  private static final long SEED = 20250601;

  protected abstract Engine engine();

  static Stream<DType> widening() {
    return Stream.of(DType.values()).filter(DType::widens);
  }

  @ParameterizedTest
  @MethodSource("widening")
  void everyPatternOfUpTo16BitsAndTheLandmarksOfLongerOnesWidenToTheirValue(DType type) {
    long[] patterns =
        type.bits() <= 16 ? LongStream.range(0, 1L << type.bits()).toArray() : landmarks(type.bits());
    double[] doubles = widenToDoubles(type, patterns);
    float[] floats = widenToFloats(type, patterns);
    for (int i = 0; i < patterns.length; i++) {
      assertSame(ReferenceWidening.toDouble(type, patterns[i]), doubles[i], type, patterns[i]);
      assertSame(ReferenceWidening.toFloat(type, patterns[i]), floats[i], type, patterns[i]);
    }
  }

  /** Counts around every width of a vector, so that each tail is met. */
  @ParameterizedTest
  @MethodSource("widening")
  void everyCountWidensToTheSameValues(DType type) {
    var random = new SplittableRandom(SEED);
    long mask = type.bits() == 64 ? -1L : (1L << type.bits()) - 1;
    long[] patterns = random.longs(130).map(x -> x & mask).toArray();
    for (int count = 1; count <= patterns.length; count++) {
      double[] widened = widenToDoubles(type, Arrays.copyOf(patterns, count));
      assertEquals(count, widened.length);
      long last = patterns[count - 1];
      assertSame(ReferenceWidening.toDouble(type, last), widened[count - 1], type, last);
    }
  }

  @Test
  void complexNumbersAreRefused() {
    try (Buffer packed = engine().upload(MemorySegment.ofArray(new byte[8]), DType.C64, 1, 1)) {
      assertThrows(IllegalArgumentException.class, () -> engine().widening().widen(packed, DType.F64));
    }
  }

  @Test
  void onlyFloatsAndDoublesAreTargets() {
    try (Buffer packed = engine().upload(MemorySegment.ofArray(new byte[2]), DType.F16, 1, 1)) {
      assertThrows(IllegalArgumentException.class, () -> engine().widening().widen(packed, DType.BF16));
    }
  }

  @Test
  void shapeIsKept() {
    try (Buffer packed = engine().upload(MemorySegment.ofArray(new byte[6]), DType.I8, 2, 3);
        Buffer widened = engine().widening().widen(packed, DType.F32)) {
      assertEquals(List.of(2L, 3L, DType.F32), List.of(widened.rows(), widened.columns(), widened.dtype()));
    }
  }

  /** The ends, the middle, every power of two and its neighbours, halfway cases of rounding, and random bits. */
  private static long[] landmarks(int bits) {
    List<Long> found = new ArrayList<>(List.of(0L, -1L));
    for (int i = 0; i < bits; i++) {
      long power = 1L << i;
      found.addAll(List.of(power, power - 1, power + 1, -power, ~power));
      for (int half : new int[] {24, 29, 53}) {
        if (i > half) {
          long halfway = power | 1L << (i - half);
          found.addAll(List.of(halfway, halfway - 1, halfway + 1, halfway | 1L << (i - half + 1)));
        }
      }
    }
    new SplittableRandom(SEED).longs(2000).forEach(found::add);
    long mask = bits == 64 ? -1L : (1L << bits) - 1;
    return found.stream().mapToLong(x -> x & mask).toArray();
  }

  private static void assertSame(double expected, double found, DType type, long pattern) {
    boolean same =
        Double.isNaN(expected)
            ? Double.isNaN(found)
            : Double.doubleToRawLongBits(expected) == Double.doubleToRawLongBits(found);
    if (!same) {
      fail(type + " 0x" + Long.toHexString(pattern) + " is " + expected + ", found " + found);
    }
  }

  private double[] widenToDoubles(DType type, long[] patterns) {
    return widen(type, patterns, DType.F64).toArray(ValueLayout.JAVA_DOUBLE);
  }

  private float[] widenToFloats(DType type, long[] patterns) {
    return widen(type, patterns, DType.F32).toArray(ValueLayout.JAVA_FLOAT);
  }

  private MemorySegment widen(DType type, long[] patterns, DType target) {
    MemorySegment packed = pack(type, patterns);
    MemorySegment host = Arena.ofAuto().allocate((long) patterns.length * target.bytes(), 8);
    try (Buffer source = engine().upload(packed, type, 1, patterns.length);
        Buffer widened = engine().widening().widen(source, target)) {
      engine().download(widened, host);
    }
    return host;
  }

  /** Little-endian elements, one a pattern. */
  protected static MemorySegment pack(DType type, long[] patterns) {
    MemorySegment packed = Arena.ofAuto().allocate((long) patterns.length * type.bytes(), 8);
    for (int i = 0; i < patterns.length; i++) {
      for (int b = 0; b < type.bytes(); b++) {
        packed.set(ValueLayout.JAVA_BYTE, (long) i * type.bytes() + b, (byte) (patterns[i] >>> 8 * b));
      }
    }
    return packed;
  }
}
