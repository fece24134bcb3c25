package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.invariant.Outcome;

/** Spectra whose invariants can be written down; the tolerance is rounding, 1e-12. */
class ClosedFormsTest {
  private static final double ROUNDING = 1e-12;

  @ParameterizedTest
  @ValueSource(ints = {2, 37})
  void equalSingularValuesFillEveryDirection(int size) {
    double[] equal = new double[size];
    Arrays.fill(equal, 3.7);
    Spectrum spectrum = Samples.square(equal);
    assertEquals(1, value(new StableRank(), spectrum), ROUNDING);
    assertEquals(1, value(new EffectiveRank(), spectrum), ROUNDING);
    assertEquals(1, value(new ParticipationRatio(), spectrum), ROUNDING);
    assertEquals(0, value(new Gap(), spectrum), ROUNDING);
    assertEquals(0, value(new LogDeterminant(), spectrum), ROUNDING);
    assertEquals(0.5, value(new NormToMarchenkoPasturEdge(), spectrum), ROUNDING);
    for (int k = 2; k <= 6; k++) {
      assertEquals(1, value(new Moment(k), spectrum), ROUNDING);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 37})
  void oneSingularValueFillsOneDirection(int size) {
    double[] one = new double[size];
    one[0] = 0.02;
    Spectrum spectrum = Samples.square(one);
    assertEquals(1.0 / size, value(new StableRank(), spectrum), ROUNDING);
    assertEquals(1.0 / size, value(new EffectiveRank(), spectrum), ROUNDING);
    assertEquals(1.0 / size, value(new ParticipationRatio(), spectrum), ROUNDING);
    assertEquals(Math.pow(size, 2.0 / 3), value(new Gap(), spectrum), ROUNDING * size);
    assertEquals(Math.sqrt(size) / 2, value(new NormToMarchenkoPasturEdge(), spectrum), ROUNDING);
    for (int k = 2; k <= 6; k++) {
      assertEquals(size, value(new Moment(k), spectrum), ROUNDING * size * 10);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 6", "0.5, 30", "0.9, 6", "0.9, 30"})
  void geometricSpectraFollowTheGeometricSeries(double q, int size) {
    Spectrum spectrum = Samples.geometric(size, q);
    double lambda = series(q * q, size);
    assertEquals(lambda / size, value(new StableRank(), spectrum), ROUNDING);
    assertEquals(lambda * lambda / series(Math.pow(q, 4), size) / size, value(new ParticipationRatio(), spectrum),
        ROUNDING);
    double meanIndex = q / (1 - q) - size * Math.pow(q, size) / (1 - Math.pow(q, size));
    double entropy = Math.log(series(q, size)) - Math.log(q) * meanIndex;
    assertEquals(Math.exp(entropy) / size, value(new EffectiveRank(), spectrum), ROUNDING);
    assertEquals((1 - q * q) * Math.pow(size, 2.0 / 3), value(new Gap(), spectrum), ROUNDING * size);
    assertEquals((size - 1) * Math.log(q) - Math.log(lambda / size), value(new LogDeterminant(), spectrum),
        ROUNDING * size);
    for (int k = 2; k <= 6; k++) {
      double moment = series(Math.pow(q, 2 * k), size) / size / Math.pow(lambda / size, k);
      assertEquals(Math.pow(moment, 1.0 / (k - 1)), value(new Moment(k), spectrum), ROUNDING * size * 10);
    }
  }

  @Test
  void anEvenLadderHasSpacingRatioOneAndAnAlternatingOneItsQuotient() {
    double[] even = IntStream.range(0, 40).mapToDouble(i -> 100 - i).toArray();
    assertEquals(1, value(new SpacingRatio(), Samples.square(even)), ROUNDING);
    double[] alternating = IntStream.range(0, 40).mapToDouble(i -> 100 - 2 * i - (i % 2 == 0 ? 0 : 0.5)).toArray();
    assertEquals(1.5 / 2.5, value(new SpacingRatio(), Samples.square(alternating)), ROUNDING);
  }

  @Test
  void aTenthOfTheLevelsAtEachEndIsNoBulk() {
    double[] levels = IntStream.range(0, 40).mapToDouble(i -> 100 - i).toArray();
    for (int i = 0; i < 4; i++) {
      levels[i] = 1000 - 100 * i * i;
      levels[39 - i] = 0.1 * (i * i + 1);
    }
    Outcome outcome = new SpacingRatio().of(Samples.square(levels));
    assertEquals(1, outcome.value(), ROUNDING);
    assertEquals(30L, ((Number) outcome.detail().get(SpacingRatio.RATIOS)).longValue());
  }

  @Test
  void repeatedLevelsHaveNoSpacingRatio() {
    double[] equal = new double[40];
    Arrays.fill(equal, 1);
    assertNotApplicable(new SpacingRatio().of(Samples.square(equal)), "has 0");
    assertNotApplicable(new SpacingRatio().of(Samples.square(5, 4, 3, 2, 1)), "needs 4");
  }

  @Test
  void logDeterminantRefusesRoundingNoise() {
    assertNotApplicable(new LogDeterminant().of(Samples.square(1, 0.5, 1e-16)), "resolution");
    assertNotApplicable(new LogDeterminant().of(Samples.square(1, 0.5, 0)), "resolution");
    assertTrue(new LogDeterminant().of(Samples.square(1, 0.5, 1e-10)).applicable());
  }

  @Test
  void aSingleSingularValueHasNoGap() {
    assertNotApplicable(new Gap().of(Samples.spectrum(7, 2.0)), "needs 2");
    assertEquals(1, value(new StableRank(), Samples.spectrum(7, 2.0)), ROUNDING);
  }

  /** What the rows marked as functions of others promise, at two aspects. */
  @ParameterizedTest
  @ValueSource(ints = {20, 90})
  void secondaryInvariantsAreFunctionsOfPrimaryOnes(int longSide) {
    Spectrum spectrum = Samples.spectrum(longSide, Samples.geometric(20, 0.8).singularValues());
    assertEquals(
        1 / value(new ParticipationRatio(), spectrum), value(new Moment(2), spectrum), ROUNDING * 20);
    double edge = 1 + Math.sqrt(20.0 / longSide);
    assertEquals(
        1 / (Math.sqrt(value(new StableRank(), spectrum)) * edge), value(new NormToMarchenkoPasturEdge(), spectrum),
        ROUNDING * 20);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-170, 1e170})
  void squaresThatOverflowDoNotMatter(double scale) {
    Spectrum spectrum = Samples.square(3 * scale, 2 * scale, scale);
    assertEquals(14.0 / 27, value(new StableRank(), spectrum), ROUNDING);
    assertEquals(Math.log(36) / 3 - Math.log(14.0 / 3), value(new LogDeterminant(), spectrum), ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void depthNormIsTheCentreOfMassOverRelativeDepth(int depth) {
    TreeMap<Integer, Double> equal = new TreeMap<>();
    TreeMap<Integer, Double> last = new TreeMap<>();
    TreeMap<Integer, Double> rising = new TreeMap<>();
    for (int layer = 0; layer < depth; layer++) {
      equal.put(layer, 4.2);
      last.put(layer, layer == depth - 1 ? 1e-3 : 0.0);
      rising.put(layer, layer + 0.5);
    }
    assertEquals(0.5, DepthNorm.of(equal, depth).value(), ROUNDING);
    assertEquals((depth - 0.5) / depth, DepthNorm.of(last, depth).value(), ROUNDING);
    // Σ(l+½)² = L(4L²−1)/12 and Σ(l+½) = L²/2
    assertEquals((4.0 * depth * depth - 1) / (6.0 * depth * depth), DepthNorm.of(rising, depth).value(), ROUNDING);
  }

  @Test
  void depthNormNeedsTwoLayersAndAFiniteWeight() {
    assertNotApplicable(DepthNorm.of(new TreeMap<>(Map.of(0, 1.0)), 1), "needs 2 layers");
    assertNotApplicable(DepthNorm.of(new TreeMap<>(Map.of(0, 0.0, 1, 0.0)), 2), "zero");
    assertNotApplicable(DepthNorm.of(new TreeMap<>(Map.of(0, 1.0, 1, Double.POSITIVE_INFINITY)), 2), "range");
  }

  private static double series(double q, int terms) {
    return (1 - Math.pow(q, terms)) / (1 - q);
  }

  private static double value(SpectralInvariant invariant, Spectrum spectrum) {
    return invariant.of(spectrum).value();
  }

  private static void assertNotApplicable(Outcome outcome, String reason) {
    assertFalse(outcome.applicable());
    assertNull(outcome.value());
    String found = outcome.detail().get(Outcome.NOT_APPLICABLE).toString();
    assertTrue(found.contains(reason), found);
  }
}
