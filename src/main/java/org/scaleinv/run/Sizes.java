package org.scaleinv.run;

import java.util.Locale;

/** Amounts as people read them. */
public final class Sizes {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

  private Sizes() {}

  /** "1.5 GB", decimal prefixes. */
  public static String bytes(double count) {
    return scaled(count) + "B";
  }

  /** "1.5 GFLOP". */
  public static String flops(double count) {
    return scaled(count) + "FLOP";
  }

  /** "under 1 s", "3 s", "2 min 5 s", "4 h 10 min". */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole == 0) {
      return "under 1 s";
    }
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600 ? whole / 60 + " min " + whole % 60 + " s" : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  private static String scaled(double count) {
    int power = 0;
    double value = count;
    while (value >= 999.5 && power < PREFIXES.length - 1) {
      value /= 1000;
      power++;
    }
    String digits = power == 0 || value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, digits, value) + " " + PREFIXES[power];
  }
}
