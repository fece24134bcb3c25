package org.scaleinv.space;

/**
 * Decimal numbers to the nearest float, as Float.parseFloat gives it, in a tenth of its time: by one operation of
 * doubles that is exact but for its rounding (Clinger 1990), where the float does not hang on that rounding.
 */
final class DecimalFloats {
  /** Digits of which any are a double. */
  static final int EXACT_DIGITS = 15;

  private static final int EXACT_POWER = 22;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22
  };

  /** What of a double is below the last bit of a float, and half of one there. */
  private static final long BELOW_FLOAT = (1L << 29) - 1;

  private static final long HALF = 1L << 28;

  private DecimalFloats() {}

  /**
   * mantissa·10^power, or a number between that and (mantissa + 1)·10^power.
   *
   * @param mantissa of {@link #EXACT_DIGITS} digits at most
   * @param more whether digits follow that the mantissa does not hold
   * @return NaN where the float cannot be told this way
   */
  static float of(long mantissa, int power, boolean more) {
    if (mantissa == 0 && !more) {
      return 0;
    }
    if (power < -EXACT_POWER || power > EXACT_POWER) {
      return Float.NaN;
    }
    float value = rounded(scaled(mantissa, power));
    return !more || value == rounded(scaled(mantissa + 1, power)) ? value : Float.NaN;
  }

  private static double scaled(long mantissa, int power) {
    return power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
  }

  /** NaN in the middle of two floats, where the double's own rounding may have decided; and below normal floats. */
  private static float rounded(double value) {
    boolean middle = (Double.doubleToRawLongBits(value) & BELOW_FLOAT) == HALF;
    return middle || value < Float.MIN_NORMAL ? Float.NaN : (float) value;
  }
}
