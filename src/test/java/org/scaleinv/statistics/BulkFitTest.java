package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkFitTest {

  private static BulkFit fit(double[] eigenvalues, long longer) {
    return BulkFit.of(eigenvalues, longer).toOptional().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "128, 128, 1", "128, 128, 0.0004", "128, 64, 1", "128, 64, 9", "256, 64, 1", "256, 64, 1e-6", "32, 32, 1"
  })
  void findsTheDeviationOfGaussianEntries(int longer, int shorter, double variance) {
    var spectra = new GaussianSpectrum(1);
    int runs = 30;
    double mean = 0;
    for (int i = 0; i < runs; i++) {
      double[] eigenvalues = Arrays.stream(spectra.eigenvalues(longer, shorter)).map(x -> x * variance).toArray();
      mean += fit(eigenvalues, longer).sigma() / Math.sqrt(variance) / runs;
    }
    // measured: deviation of one fit 0.75/M for square matrices, less for others; bias −0.1/M
    double error = 0.75 / shorter / Math.sqrt(runs);
    assertEquals(1 - 0.1 / shorter, mean, 4 * error);
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "32, 32", "64, 32", "128, 32"})
  void spikesAreRareInNoise(int longer, int shorter) {
    var spectra = new GaussianSpectrum(2);
    int runs = 1000;
    int alarms = 0;
    for (int i = 0; i < runs; i++) {
      alarms += fit(spectra.eigenvalues(longer, shorter), longer).spikes() > 0 ? 1 : 0;
    }
    // one in a thousand if σ were known; fitting σ brings it to 2 to 4
    assertTrue(alarms <= 10, alarms + " of " + runs);
  }

  @ParameterizedTest
  @CsvSource({"128, 128", "128, 64", "256, 64"})
  void spikesAreFoundAboveTheThresholdAndNotBelow(int longer, int shorter) {
    // Baik, Ben Arous and Péché: the spike leaves the bulk where its strength exceeds c^(1/4)
    double c = shorter / (double) longer;
    double critical = Math.pow(c, 0.25);
    var spectra = new GaussianSpectrum(3);
    int runs = 30;
    int below = 0;
    double shift = 0;
    for (int i = 0; i < runs; i++) {
      below += fit(spectra.spikedEigenvalues(longer, shorter, 0.5 * critical), longer).spikes();
      double strength = 2 * critical;
      double[] above = spectra.spikedEigenvalues(longer, shorter, strength);
      assertEquals(1, fit(above, longer).spikes(), "run " + i);
      double squared = strength * strength;
      shift += above[shorter - 1] / ((1 + squared) * (c + squared) / squared) / runs;
    }
    assertTrue(below <= 1, below + " spikes below the threshold");
    // the spike's place (Benaych-Georges and Nadakuditi 2012): scatter 2/√N a matrix, over √30 matrices
    assertEquals(1, shift, 3 * 2 / Math.sqrt(longer) / Math.sqrt(runs));
  }

  @ParameterizedTest
  @CsvSource({"120, 80, 1", "160, 80, 3", "160, 60, 10"})
  void severalSpikesLeaveTheBulkAlone(int longer, int shorter, int spikes) {
    double[] eigenvalues = spiked(longer, shorter, spikes, 4);
    BulkFit fit = fit(eigenvalues, longer);
    assertEquals(spikes, fit.spikes());
    // 0.75/M a matrix, and each spike takes one dimension of N from the bulk
    assertEquals(1, fit.sigma(), 3 * 0.75 / shorter + 0.5 * spikes / longer);
    double withSpikes = Math.sqrt(Arrays.stream(eigenvalues).average().orElseThrow());
    assertTrue(withSpikes > 1.05, "the root mean square entry is no estimate: " + withSpikes);
  }

  private static double[] spiked(int longer, int shorter, int spikes, long seed) {
    var random = new Random(seed);
    double[][] entries = new double[longer][shorter];
    for (double[] row : entries) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    for (int k = 0; k < spikes; k++) {
      entries[k][k] += (4 + k) * Math.sqrt(longer);
    }
    var matrix = new Array2DRowRealMatrix(entries, false);
    var gram = matrix.transpose().multiply(matrix).scalarMultiply(1.0 / longer);
    return new EigenDecomposition(gram).getRealEigenvalues();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-80, 1e12})
  void aChangeOfUnitChangesOnlyTheUnit(double unit) {
    double[] eigenvalues = new GaussianSpectrum(5).spikedEigenvalues(100, 50, 3);
    BulkFit plain = fit(eigenvalues, 100);
    BulkFit scaled = fit(Arrays.stream(eigenvalues).map(x -> x * unit).toArray(), 100);
    assertEquals(plain.sigma() * Math.sqrt(unit), scaled.sigma(), 1e-13 * scaled.sigma());
    assertEquals(plain.spikes(), scaled.spikes());
  }

  @Test
  void whatHasNoBulkIsNotApplicable() {
    double[] few = {1, 2, 3};
    double[] mostlyZero = new double[20];
    mostlyZero[19] = 1;
    double[] broken = new double[20];
    broken[3] = Double.NaN;
    double[] spread = new double[40];
    Arrays.setAll(spread, i -> Math.exp(3 * i));
    for (double[] eigenvalues : new double[][] {few, mostlyZero, broken, spread}) {
      assertInstanceOf(
          Estimate.NotApplicable.class, BulkFit.of(eigenvalues, 40), () -> Arrays.toString(eigenvalues));
    }
    assertThrows(IllegalArgumentException.class, () -> BulkFit.of(few, 2));
  }
}
