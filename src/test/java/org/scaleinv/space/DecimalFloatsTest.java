package org.scaleinv.space;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scaleinv.space.NumberScanner.Token;

/** Numbers against Float.parseFloat, to the bit. */
class DecimalFloatsTest {
  private final SplittableRandom random = new SplittableRandom(20260601);

  @Test
  void everyWayOfWritingANumberGivesTheNearestFloat() {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      float value = Float.intBitsToFloat(random.nextInt() & 0x7fffffff);
      if (Float.isFinite(value)) {
        numbers.add(Float.toString(value));
        numbers.add(Double.toString(value * (1 + random.nextDouble() * 1e-7)));
        numbers.add(new BigDecimal(value).toString());
        numbers.add(middle(value).toString());
        numbers.add("-" + middle(value).add(BigDecimal.valueOf(1e-60)));
      }
      numbers.add(String.format("%.18e", random.nextDouble()));
      numbers.add(String.format("%.6f", 1000 * random.nextDouble()));
      numbers.add(Integer.toString(random.nextInt()));
    }
    numbers.removeIf(number -> Float.isInfinite(Float.parseFloat(number)) || number.length() > 400);
    numbers
        .addAll(List.of("0", "-0", "0e99999", "00000000000000000000001.5", "16777217", "1e-45", "1e-99", ".5", "5."));
    check(numbers);
  }

  /** The middle between a float and the next. */
  private static BigDecimal middle(float value) {
    return new BigDecimal(value).add(new BigDecimal(Math.min(Math.nextUp(value), Float.MAX_VALUE)))
        .divide(BigDecimal.TWO);
  }

  private static void check(List<String> numbers) {
    byte[] text = String.join("\n", numbers).getBytes(StandardCharsets.US_ASCII);
    var scanner = new NumberScanner(new ByteArrayInputStream(text), "text");
    for (String number : numbers) {
      assertEquals(Token.NUMBER, scanner.next(), number);
      assertEquals(Float.parseFloat(number), scanner.value(), number);
      assertEquals(Token.END_OF_LINE, scanner.next(), number);
    }
    assertEquals(Token.END_OF_TEXT, scanner.next());
  }
}
