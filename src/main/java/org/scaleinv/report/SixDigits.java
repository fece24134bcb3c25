package org.scaleinv.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C's %g and C++ streams write them: six digits, rounded half to even, no zeros at the end. */
final class SixDigits {
  private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final int LEAST_PLAIN_EXPONENT = -4;

  private SixDigits() {}

  static String of(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return Float.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == (int) value && Math.abs(value) < 1_000_000) {
      return Integer.toString((int) value);
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
