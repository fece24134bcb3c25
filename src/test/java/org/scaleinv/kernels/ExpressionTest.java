package org.scaleinv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Double> NAMES = Map.of("n", 5.0, "d_2", 3.0);

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "7 | 7", "n | 5", "2*n+d_2 | 13", "2*(n+d_2) | 16", "n-d_2-1 | 1", "n/2/5 | 0.5", "2^3^2 | 512", "2*n^2 | 50",
    "ceil(n/2)*d_2 | 9", "min(n, d_2)-max(1,2) | 1", "(4*n^3)/3 - n | 161.66666666666666", "1.5*n | 7.5"})
  void values(String text, double value) {
    assertEquals(value, Expression.value(text, NAMES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "2*", "(n", "n)", "2n", "n n", "sin(n)", "min(n)", "1.2.3", "*n", "-n"})
  void whatIsNoneIsNamed(String text) {
    var wrong = assertThrows(BadReport.class, () -> Expression.value(text, NAMES));
    assertTrue(wrong.getMessage().startsWith("\"" + text + "\": "), wrong.getMessage());
  }
}
