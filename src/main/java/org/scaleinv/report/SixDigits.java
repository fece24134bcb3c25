package org.scaleinv.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C's %g and C++ streams write them: six digits, rounded half to even, no zeros at the end. */
final class SixDigits {
  private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final int LEAST_PLAIN_EXPONENT = -4;

  /** Floats from here on that are below {@link #PLAIN_END} are written plainly, and their digits fit 64 bits. */
  private static final float PLAIN_BEGIN = 1e-4f;

  /** No smaller float is rounded to a million. */
  private static final float PLAIN_END = 999_999;

  private static final long LEAST_SIX_DIGITS = 100_000;
  private static final int FRACTION_BITS = 23;
  private static final long[] POWERS_OF_TEN = {
      1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private SixDigits() {}

  static String of(float value) {
    var text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  /** The same at the end of a text. */
  static void append(StringBuilder text, float value) {
    if (value == (int) value && Math.abs(value) < 1_000_000) {
      text.append((int) value);
    } else if (value >= PLAIN_BEGIN && value < PLAIN_END) {
      appendPlain(text, value);
    } else {
      text.append(anyOf(value));
    }
  }

  /**
   * Six digits by 64-bit numbers, exactly: a significand of 24 bits times 10⁹ at most. A diagram has thousands of these,
   * and {@link #anyOf} took most of the time of a small one.
   */
  private static void appendPlain(StringBuilder text, float value) {
    int bits = Float.floatToRawIntBits(value);
    long significand = bits & (1 << FRACTION_BITS) - 1 | 1 << FRACTION_BITS;
    int shift = FRACTION_BITS - Math.getExponent(value);
    int decimals = 0;
    long scaled = significand;
    while (scaled >> shift < LEAST_SIX_DIGITS) {
      scaled *= 10;
      decimals++;
    }
    long digits = scaled >> shift;
    long rest = scaled - (digits << shift);
    long half = 1L << shift - 1;
    if (rest > half || rest == half && (digits & 1) == 1) {
      digits++;
    }
    while (decimals > 0 && digits % 10 == 0) {
      digits /= 10;
      decimals--;
    }
    long fraction = digits % POWERS_OF_TEN[decimals];
    text.append(digits / POWERS_OF_TEN[decimals]);
    if (decimals == 0) {
      return;
    }
    text.append('.');
    for (int place = decimals - 1; fraction < POWERS_OF_TEN[place]; place--) {
      text.append('0');
    }
    text.append(fraction);
  }

  private static String anyOf(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return Float.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded = new BigDecimal(value).round(SIX).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= LEAST_PLAIN_EXPONENT && exponent < SIX.getPrecision()) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
    return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
  }
}
