package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargestEigenvalueTest {

  @ParameterizedTest
  @CsvSource({"64, 64, 1", "64, 32, 2", "128, 32, 1"})
  void gaussianMatricesFollowTracyWidom(int longer, int shorter, double variance) {
    var law = LargestEigenvalue.of(longer, shorter, variance);
    var spectra = new GaussianSpectrum(1);
    int runs = 800;
    double mean = 0;
    int beyondMedian = 0;
    int beyondNinety = 0;
    for (int i = 0; i < runs; i++) {
      double largest = variance * spectra.eigenvalues(longer, shorter)[shorter - 1];
      mean += (largest - law.centre()) / law.width() / runs;
      beyondMedian += largest > law.quantile(0.5) ? 1 : 0;
      beyondNinety += largest > law.quantile(0.9) ? 1 : 0;
    }
    // three binomial deviations, and O(M^(−2/3)) of the limit itself, about 0.03
    assertEquals(-1.2065, mean, 3 * 1.268 / Math.sqrt(runs) + 0.06);
    assertEquals(0.5, beyondMedian / (double) runs, 3 * 0.5 / Math.sqrt(runs) + 0.03);
    assertEquals(0.1, beyondNinety / (double) runs, 3 * 0.3 / Math.sqrt(runs) + 0.02);
  }

  @Test
  void tendsToTheUpperEdge() {
    var law = LargestEigenvalue.of(4_000_000, 1_000_000, 2);
    assertEquals(new MarchenkoPastur(0.25, 2).upperEdge(), law.centre(), 1e-5);
  }

  @Test
  void refusesSidesThatMakeNoMatrix() {
    assertThrows(IllegalArgumentException.class, () -> LargestEigenvalue.of(1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> LargestEigenvalue.of(5, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> LargestEigenvalue.of(5, 6, 1));
  }
}
