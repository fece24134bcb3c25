package org.scaleinv.report;

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
