package org.scaleinv.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SixDigitsTest {
  /** What C's printf("%g") writes of the float that is nearest. */
  @ParameterizedTest
  @CsvSource({
      "0, 0", "1, 1", "-3, -3", "0.1, 0.1", "0.5, 0.5", "1.414213562, 1.41421", "1e-4, 0.0001", "0.99999999, 1",
      "0.9999994, 0.999999", "9.9999e-5, 9.9999e-05", "123456.5, 123456", "123457.5, 123458", "99999.95, 100000",
      "999999.5, 1e+06", "999998.5, 999998", "1234567, 1.23457e+06", "1e-10, 1e-10", "3e38, 3e+38", "-0.25, -0.25",
      "1e-45, 1.4013e-45", "Infinity, inf", "-Infinity, -inf", "NaN, nan"})
  void writesWhatCWrites(float value, String expected) {
    assertEquals(expected, SixDigits.of(value));
  }

  @Test
  void roundsEveryPlainNumberAsDecimalArithmeticDoes() {
    var six = new MathContext(6, RoundingMode.HALF_EVEN);
    var random = new Random(1);
    int least = Float.floatToIntBits(1e-4f);
    int end = Float.floatToIntBits(999_999);
    for (int i = 0; i < 20_000; i++) {
      // every third one with few bits set: among these are the ties
      int bits = random.nextInt(least, end) & (i % 3 == 0 ? -1 << 8 : -1);
      float value = Math.max(Float.intBitsToFloat(bits), 1e-4f);
      String expected = new BigDecimal(value).round(six).stripTrailingZeros().toPlainString();
      assertEquals(expected, SixDigits.of(value), () -> "of " + value);
    }
  }
}
