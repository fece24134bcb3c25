package org.scaleinv.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them in a table. */
final class Numbers {
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e5;

  private Numbers() {}

  /** Four significant digits; "-" for null. */
  static String of(Double value) {
    return significant(value, 4);
  }

  /** Two significant digits, for errors and tolerances; "-" for null. */
  static String rough(Double value) {
    return significant(value, 2);
  }

  /** A tolerance in per cent, two digits, rounded up: a row is decided at this one, and "-" for null. */
  static String percentUp(Double tolerance) {
    if (tolerance == null || !Double.isFinite(tolerance)) {
      return rough(tolerance);
    }
    MathContext twoDigitsUp = new MathContext(2, RoundingMode.CEILING);
    return BigDecimal.valueOf(tolerance).movePointRight(2).round(twoDigitsUp).toPlainString() + " %";
  }

  private static String significant(Double value, int digits) {
    if (value == null) {
      return "-";
    }
    double size = Math.abs(value);
    if (value.isNaN() || value.isInfinite() || value == 0) {
      return value.isNaN() ? "NaN" : value == 0 ? "0" : value > 0 ? "inf" : "-inf";
    }
    if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }
    int whole = (int) Math.floor(Math.log10(size)) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(digits - whole, 0) + "f", value);
  }
}
