package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.scaleinv.tensor.DType;

/** Elements of the packed types, and what they are worth by the types' definitions. */
final class Patterns {
  /** Knuth's multiplier for hashing by multiplication, The Art of Computer Programming 3, §6.4. */
  private static final int SCATTER = 0x9E3779B1;

  private Patterns() {}

  /** Fills a block with scattered patterns of bits, for a type of 8 or 16 bits each of them in turn. */
  static MemorySegment fill(MemorySegment elements, DType type) {
    for (long i = 0; i < elements.byteSize() / type.bytes(); i++) {
      int pattern = (int) i * SCATTER;
      switch (type.bytes()) {
        case 1 -> elements.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) pattern);
        case 2 -> elements.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) pattern);
        case 4 -> elements.setAtIndex(ValueLayout.JAVA_INT, i, pattern);
        default -> throw new IllegalArgumentException("no patterns of " + type);
      }
    }
    return elements;
  }

  /** An element's value, exactly. */
  static double value(MemorySegment elements, long index, DType type) {
    return switch (type) {
      case F8_E4M3 -> ofE4M3(elements.getAtIndex(ValueLayout.JAVA_BYTE, index));
      // the upper half of an F16
      case F8_E5M2 -> Float.float16ToFloat((short) (elements.getAtIndex(ValueLayout.JAVA_BYTE, index) << 8));
      case F16 -> Float.float16ToFloat(elements.getAtIndex(ValueLayout.JAVA_SHORT, index));
      // the upper half of an F32
      case BF16 -> Float.intBitsToFloat(elements.getAtIndex(ValueLayout.JAVA_SHORT, index) << 16);
      case F32 -> elements.getAtIndex(ValueLayout.JAVA_FLOAT, index);
      default -> throw new IllegalArgumentException("no patterns of " + type);
    };
  }

  /** OCP 8-bit floating point specification 1.0, §5: bias 7, no infinities, all ones is NaN. */
  private static float ofE4M3(byte code) {
    int exponent = code >> 3 & 15;
    int fraction = code & 7;
    float size =
        (code & 0x7f) == 0x7f
            ? Float.NaN
            : exponent == 0 ? Math.scalb((float) fraction, -9) : Math.scalb((float) (8 + fraction), exponent - 10);
    return code < 0 ? -size : size;
  }
}
