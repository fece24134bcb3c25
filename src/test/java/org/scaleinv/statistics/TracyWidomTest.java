package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracyWidomTest {

  /** Bornemann's and Johnstone's (Ann. Statist. 29, 2001, Table 1) figures, to the digits that they print. */
  @ParameterizedTest
  @CsvSource({
    "0.01, -3.90, 0.006", "0.05, -3.18, 0.006", "0.10, -2.78, 0.006", "0.30, -1.91, 0.006", "0.50, -1.27, 0.006",
    "0.70, -0.59, 0.006", "0.90, 0.4501, 6e-5", "0.95, 0.9793, 6e-5", "0.99, 2.0234, 6e-5"
  })
  void quantilesAreThePublishedOnes(double p, double quantile, double tolerance) {
    assertEquals(quantile, TracyWidom.quantile(p), tolerance);
    assertEquals(p, TracyWidom.cdf(TracyWidom.quantile(p)), 1e-12);
  }

  @Test
  void meanAndVarianceAreThePublishedOnes() {
    // E[s] = b − ∫F and E[s²] = b² − ∫2sF on the table's range; the trapezoid rule's ends vanish, so it is exact
    // to the spline's 2e-8 over a range of 18
    double step = 1e-3;
    double mean = 10;
    double square = 100;
    for (double s = -8 + step / 2; s < 10; s += step) {
      mean -= TracyWidom.cdf(s) * step;
      square -= 2 * s * TracyWidom.cdf(s) * step;
    }
    assertEquals(-1.2065335745820, mean, 1e-6);
    assertEquals(1.607781034581, square - mean * mean, 1e-5);
  }

  @Test
  void risesFromZeroToOne() {
    double before = 0;
    for (double s = -9; s <= 11; s += 0.01) {
      double now = TracyWidom.cdf(s);
      assertTrue(now >= before, "at " + s);
      before = now;
    }
    assertEquals(0, TracyWidom.cdf(-8.01));
    assertEquals(1, TracyWidom.cdf(10.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN, 1e-13})
  void refusesProbabilitiesBeyondTheTable(double p) {
    assertThrows(IllegalArgumentException.class, () -> TracyWidom.quantile(p));
  }
}
