package org.scaleinv.statistics.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.statistics.Estimate;

class BarLengthsTest {

  private static BarLengths of(double[] births, double[] deaths) {
    return BarLengths.of(new Barcode(births, deaths)).toOptional().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 37})
  void equalBarsHaveTheEntropyOfTheirNumber(int bars) {
    double[] births = IntStream.range(0, bars).mapToDouble(i -> 0.25 * i).toArray();
    BarLengths lengths = of(births, Arrays.stream(births).map(birth -> birth + 0.5).toArray());
    assertEquals(Math.log(bars), lengths.entropy(), 1e-13);
    assertEquals(1, lengths.evenness(), 1e-13);
    assertEquals(0.5 * bars, lengths.total(), 1e-13);
    assertEquals(0.5, lengths.longest());
    assertEquals(bars, lengths.bars());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 40", "0.25, 20"})
  void geometricBarsHaveAClosedForm(double ratio, int bars) {
    double[] lengths = IntStream.range(0, bars).mapToDouble(i -> Math.pow(ratio, i)).toArray();
    BarLengths found = of(new double[bars], lengths);
    double total = (1 - Math.pow(ratio, bars)) / (1 - ratio);
    // Σ i·r^i over i < n, for the entropy ln S − ln r · Σ i·r^i / S
    double moment = ratio * (1 - bars * Math.pow(ratio, bars - 1) + (bars - 1) * Math.pow(ratio, bars))
        / ((1 - ratio) * (1 - ratio));
    assertEquals(total, found.total(), 1e-13);
    assertEquals(1, found.longest());
    assertEquals(Math.log(total) - Math.log(ratio) * moment / total, found.entropy(), 1e-12);
  }

  @Test
  void essentialBarsAndBarsOfNoLengthTakeNoPart() {
    double forever = Double.POSITIVE_INFINITY;
    BarLengths found = of(new double[] {0, 0, 1, 2}, new double[] {3, forever, 1, 3});
    assertEquals(new BarLengths(2, 1, 4, 3, -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)), found);
    assertInstanceOf(Estimate.NotApplicable.class,
        BarLengths.of(new Barcode(new double[] {0, 1}, new double[] {forever, 1})));
  }

  @Test
  void theUnitScalesLengthsAndLeavesTheEntropy() {
    float[] births = {0, 0.5f, 1};
    float[] deaths = {2, 3, 1.5f};
    BarLengths one = BarLengths.of(Barcode.of(births, deaths, 1)).toOptional().orElseThrow();
    BarLengths other = BarLengths.of(Barcode.of(births, deaths, 1e-20)).toOptional().orElseThrow();
    assertEquals(one.entropy(), other.entropy(), 1e-14);
    assertEquals(one.total() * 1e20, other.total(), 1e6);
    assertEquals(one.longest() * 1e20, other.longest(), 1e6);
  }
}
