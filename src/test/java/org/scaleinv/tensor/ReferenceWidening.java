package org.scaleinv.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/**
 * What the bits of an element are worth, written from the definition of each type: slow, and plain enough to trust.
 *
 * <p>Floating-point types: IEEE 754 (F16, F32, F64), bfloat16, OCP 8-bit formats (E4M3 without infinities, E5M2),
 * their FNUZ variants (bias larger by one, one NaN, no negative zero), and the OCP scale E8M0. A BOOL is worth its
 * byte, so that a byte other than 0 and 1 shows.
 */
public final class ReferenceWidening {
  private ReferenceWidening() {}

  /** What the exponent field of ones, or the pattern of a negative zero, stands for. */
  private enum Specials {
    /** All ones in the exponent: infinity with mantissa 0, else NaN. */
    IEEE,
    /** All ones in exponent and mantissa: NaN; no infinities. */
    FINITE,
    /** The pattern of a negative zero: NaN; no infinities. */
    UNSIGNED_ZERO
  }

  private record Format(int exponentBits, int mantissaBits, int bias, Specials specials) {
    double value(long bits) {
      int exponentOnes = (1 << exponentBits) - 1;
      long mantissaOnes = (1L << mantissaBits) - 1;
      boolean negative = (bits >>> (exponentBits + mantissaBits) & 1) == 1;
      int exponent = (int) (bits >>> mantissaBits) & exponentOnes;
      long mantissa = bits & mantissaOnes;
      boolean nan = switch (specials) {
        case IEEE -> exponent == exponentOnes && mantissa != 0;
        case FINITE -> exponent == exponentOnes && mantissa == mantissaOnes;
        case UNSIGNED_ZERO -> negative && exponent == 0 && mantissa == 0;
      };
      if (nan) {
        return Double.NaN;
      }
      double sign = negative ? -1 : 1;
      if (specials == Specials.IEEE && exponent == exponentOnes) {
        return sign * Double.POSITIVE_INFINITY;
      }
      // A double holds the integer 2^k + m, and scaling by a power of two into its range is exact.
      return exponent == 0
          ? sign * Math.scalb((double) mantissa, 1 - bias - mantissaBits)
          : sign * Math.scalb((double) ((1L << mantissaBits) + mantissa), exponent - bias - mantissaBits);
    }
  }

  /** The value of an element, exact except for 64-bit integers, which round to nearest even. */
  public static double toDouble(DType type, long bits) {
    return switch (type) {
      case F16 -> new Format(5, 10, 15, Specials.IEEE).value(bits);
      case BF16 -> new Format(8, 7, 127, Specials.IEEE).value(bits);
      case F32 -> new Format(8, 23, 127, Specials.IEEE).value(bits);
      case F64 -> new Format(11, 52, 1023, Specials.IEEE).value(bits);
      case F8_E4M3 -> new Format(4, 3, 7, Specials.FINITE).value(bits);
      case F8_E5M2 -> new Format(5, 2, 15, Specials.IEEE).value(bits);
      case F8_E4M3FNUZ -> new Format(4, 3, 8, Specials.UNSIGNED_ZERO).value(bits);
      case F8_E5M2FNUZ -> new Format(5, 2, 16, Specials.UNSIGNED_ZERO).value(bits);
      case F8_E8M0 -> (bits & 0xff) == 0xff ? Double.NaN : Math.scalb(1.0, (int) (bits & 0xff) - 127);
      default -> integer(type, bits).doubleValue();
    };
  }

  /** The same in single precision, rounded once, to nearest even. */
  public static float toFloat(DType type, long bits) {
    return switch (type) {
      case BOOL, U8, I8, I16, U16, I32, U32, I64, U64 -> integer(type, bits).floatValue();
      default -> (float) toDouble(type, bits);
    };
  }

  private static BigInteger integer(DType type, long bits) {
    int width = type.bits();
    BigInteger unsigned = BigInteger.ZERO;
    for (int i = 0; i < width; i++) {
      unsigned = (bits >>> i & 1) == 1 ? unsigned.setBit(i) : unsigned;
    }
    return switch (type) {
      case BOOL, U8, U16, U32, U64 -> unsigned;
      case I8, I16, I32, I64 -> unsigned.testBit(width - 1)
          ? unsigned.subtract(BigInteger.ONE.shiftLeft(width))
          : unsigned;
      default -> throw new IllegalArgumentException(type + " does not widen");
    };
  }

  /** The bits of one element of packed little-endian data. */
  public static long bits(DType type, MemorySegment packed, long index) {
    long bits = 0;
    for (int i = type.bytes() - 1; i >= 0; i--) {
      bits = bits << 8 | packed.get(ValueLayout.JAVA_BYTE, index * type.bytes() + i) & 0xff;
    }
    return bits;
  }

  /** All elements of packed little-endian data. */
  public static double[] toDoubles(DType type, MemorySegment packed) {
    double[] values = new double[Math.toIntExact(packed.byteSize() / type.bytes())];
    for (int i = 0; i < values.length; i++) {
      values[i] = toDouble(type, bits(type, packed, i));
    }
    return values;
  }
}
