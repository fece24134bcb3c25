package org.scaleinv.statistics.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.statistics.Estimate;

class LandscapeTest {

  private static Barcode bars(double... ends) {
    return new Barcode(
        IntStream.range(0, ends.length / 2).mapToDouble(i -> ends[2 * i]).toArray(),
        IntStream.range(0, ends.length / 2).mapToDouble(i -> ends[2 * i + 1]).toArray());
  }

  private static Barcode random(int bars, long seed) {
    Random random = new Random(seed);
    double[] births = random.doubles(bars).toArray();
    return new Barcode(births, Arrays.stream(births).map(birth -> birth + random.nextDouble()).toArray());
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 3.5", "2, 0.02"})
  void theNormOfOneTriangle(double birth, double length) {
    PiecewiseLinear only = Landscape.of(bars(birth, birth + length), 3).layer(1);
    double half = length / 2;
    for (double p : new double[] {1, 2, 3, 7.5}) {
      assertEquals(Math.pow(2 * Math.pow(half, p + 1) / (p + 1), 1 / p), only.norm(p), 1e-13 * half);
    }
    assertEquals(half * half, only.norm(1), 1e-13);
    assertEquals(half, only.maximum(), 1e-15);
    assertEquals(0, Landscape.of(bars(birth, birth + length), 3).layer(2).norm(2));
  }

  @Test
  void twoTrianglesThatCrossShareTheLowerOne() {
    Landscape landscape = Landscape.of(bars(0, 4, 2, 6), 5);
    assertEquals(2, landscape.layers().size());
    // areas 4 and 4; below both lies the triangle on [2, 4] of area 1
    assertEquals(8 - 1, landscape.layer(1).norm(1), 1e-14);
    assertEquals(1, landscape.layer(2).norm(1), 1e-14);
    assertEquals(Math.sqrt(16.0 / 3 * 2 - 2.0 / 3), landscape.layer(1).norm(2), 1e-14);
    assertEquals(Math.sqrt(2.0 / 3), landscape.layer(2).norm(2), 1e-14);
    assertEquals(1, landscape.layer(1).at(3), 1e-15);
    assertEquals(1, landscape.layer(2).at(3), 1e-15);
  }

  @Test
  void twoTrianglesApartAndOneInsideTheOther() {
    assertEquals(1, Landscape.of(bars(0, 2, 3, 5), 5).layers().size());
    assertEquals(2, Landscape.of(bars(0, 2, 3, 5), 5).layer(1).norm(1), 1e-14);
    assertEquals(2, Landscape.of(bars(0, 2, 2, 4), 5).layer(1).norm(1), 1e-14);
    Landscape nested = Landscape.of(bars(0, 8, 3, 5), 5);
    assertEquals(16, nested.layer(1).norm(1), 1e-14);
    assertEquals(1, nested.layer(2).norm(1), 1e-14);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 60})
  void everyLayerIsTheKthLargestTriangle(int count) {
    Barcode barcode = random(count, count);
    Landscape landscape = Landscape.of(barcode, count);
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      double t = 2 * random.nextDouble();
      double[] heights = IntStream.range(0, count)
          .mapToDouble(i -> Math.max(0, Math.min(t - barcode.birth(i), barcode.death(i) - t)))
          .sorted()
          .toArray();
      for (int k = 1; k <= count; k++) {
        assertEquals(heights[count - k], landscape.layer(k).at(t), 1e-12);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40})
  void allLayersTogetherHaveTheNormOfAllTriangles(int count) {
    Barcode barcode = random(count, 100 + count);
    Landscape landscape = Landscape.of(barcode, count);
    for (double p : new double[] {1, 2, 5}) {
      double sum = landscape.layers().stream().mapToDouble(layer -> Math.pow(layer.norm(p), p)).sum();
      assertEquals(Math.pow(sum, 1 / p), Landscape.norm(barcode, p).toOptional().orElseThrow(), 1e-12);
    }
    assertTrue(landscape.layer(1).norm(2) <= Landscape.norm(barcode, 2).toOptional().orElseThrow() + 1e-15);
  }

  @Test
  void equalAndNearlyEqualBarsLoseNothing() {
    Landscape equal = Landscape.of(bars(1, 2, 1, 2, 1, 2), 9);
    assertEquals(3, equal.layers().size());
    assertEquals(equal.layer(1).norm(2), equal.layer(3).norm(2), 1e-15);
    // a long flat roof of many crossings: pieces whose ends are nearly level
    int count = 20_000;
    double step = 1.0 / count;
    Barcode roof = new Barcode(
        IntStream.range(0, count).mapToDouble(i -> i * step).toArray(),
        IntStream.range(0, count).mapToDouble(i -> i * step + 2).toArray());
    // heights lie between 1 − step/2 and 1 over a length of 1; ½ of a triangle of half-width 1 at each end
    assertEquals(1 + 2.0 / 3, Math.pow(Landscape.of(roof, 1).layer(1).norm(2), 2), 2 * step);
  }

  @Test
  void withoutABarThatEndsThereIsNoNorm() {
    Barcode none = bars(0, Double.POSITIVE_INFINITY);
    assertInstanceOf(Estimate.NotApplicable.class, Landscape.norm(none, 2));
    assertEquals(0, Landscape.of(none, 4).layers().size());
  }
}
