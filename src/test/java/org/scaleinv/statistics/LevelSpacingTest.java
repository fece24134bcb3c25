package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelSpacingTest {

  private static LevelSpacing.Mean mean(LevelSpacing spacing) {
    return spacing.mean().toOptional().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 0.05", "128, 64, 0.1", "256, 64, 0"})
  void singularValuesOfGaussianMatricesRepelLikeTheOrthogonalEnsemble(int longer, int shorter, double trim) {
    var spectra = new GaussianSpectrum(1);
    var pool = LevelSpacing.NONE;
    while (pool.count() < 12_000) {
      pool = pool.plus(LevelSpacing.of(spectra.singularValues(longer, shorter), trim));
    }
    LevelSpacing.Mean mean = mean(pool);
    // about 0.0028 for 12,000 ratios
    assertEquals(LevelSpacing.GOE, mean.value(), 3 * mean.standardError());
    assertTrue(mean.standardError() < 0.0035, "standard error " + mean.standardError());
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 400})
  void independentLevelsDoNotRepel(int levels) {
    var random = new Random(2);
    var pool = LevelSpacing.NONE;
    while (pool.count() < 20_000) {
      pool = pool.plus(LevelSpacing.of(random.doubles(levels).toArray(), 0));
    }
    LevelSpacing.Mean mean = mean(pool);
    assertEquals(0.38629436111989, LevelSpacing.POISSON, 1e-14);
    assertEquals(LevelSpacing.POISSON, mean.value(), 3 * mean.standardError());
  }

  @Test
  void theStandardErrorIsTheScatterBetweenMatrices() {
    var spectra = new GaussianSpectrum(3);
    int matrices = 400;
    double sum = 0;
    double squares = 0;
    var pool = LevelSpacing.NONE;
    for (int i = 0; i < matrices; i++) {
      var one = LevelSpacing.of(spectra.singularValues(48, 48), 0.05);
      double value = mean(one).value();
      sum += value;
      squares += value * value;
      pool = pool.plus(one);
    }
    double scatter = Math.sqrt((squares - sum * sum / matrices) / (matrices - 1));
    // a deviation from 400 values is known to 1/√800; independent ratios would give 20 % less
    assertEquals(scatter / Math.sqrt(matrices), mean(pool).standardError(), 0.11 * scatter / Math.sqrt(matrices));
  }

  @Test
  void ratiosOfKnownSpacings() {
    // spacings 1, 2, 4, 1
    var spacing = LevelSpacing.of(new double[] {7, 0, 3, 1, 8}, 0);
    assertEquals(new LevelSpacing(3, 0.5 + 0.5 + 0.25, 0.5625, 2, 0.25 + 0.125, 0), spacing);
    assertEquals(1.25 / 3, mean(spacing).value(), 1e-15);
  }

  @Test
  void trimmingLeavesOutBothEnds() {
    double[] levels = {0, 1, 3, 7, 8, 100, 1000, 1e4, 1e5, 1e6};
    assertEquals(LevelSpacing.of(new double[] {3, 7, 8, 100, 1000, 1e4}, 0), LevelSpacing.of(levels, 0.2));
    assertEquals(8, LevelSpacing.of(levels, 0.05).count());
  }

  @Test
  void poolingIsAdding() {
    var first = LevelSpacing.of(new double[] {0, 1, 3, 4}, 0);
    var second = LevelSpacing.of(new double[] {0, 2, 2, 2, 9}, 0);
    var pool = first.plus(second);
    assertEquals(first.count() + second.count(), pool.count());
    assertEquals(first.sum() + second.sum(), pool.sum());
    assertEquals(second.plus(first), pool);
    assertEquals(first, LevelSpacing.NONE.plus(first));
  }

  @Test
  void repeatedLevelsGiveZeroAndTripleOnesAreCountedApart() {
    var spacing = LevelSpacing.of(new double[] {0, 1, 1, 2, 3, 3, 3}, 0);
    // spacings 1 0 1 1 0 0: ratios 0, 0, 1, 0 and one 0/0
    assertEquals(4, spacing.count());
    assertEquals(1, spacing.sum());
    assertEquals(1, spacing.undefined());
    assertEquals(2, LevelSpacing.of(new double[] {5, 5, 5, 5}, 0).undefined());
  }

  @Test
  void tooFewLevelsHaveNoMean() {
    for (double[] levels : new double[][] {{}, {1}, {1, 2}, {1, 2, 4}, {3, 3, 3, 3}}) {
      assertInstanceOf(Estimate.NotApplicable.class, LevelSpacing.of(levels, 0).mean());
    }
    assertThrows(IllegalArgumentException.class, () -> LevelSpacing.of(new double[] {1, 2, Double.NaN}, 0));
    assertThrows(IllegalArgumentException.class, () -> LevelSpacing.of(new double[] {1, 2, 3}, 0.5));
  }
}
