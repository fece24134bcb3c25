package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarchenkoPasturTest {
  private static final int NODES = 4000;

  /** ∫ x^k dF up to x, by the midpoint rule in θ, x = centre − radius·cos θ, where the density's roots are smooth. */
  private static double integral(MarchenkoPastur law, int k, double upTo) {
    double centre = (law.upperEdge() + law.lowerEdge()) / 2;
    double radius = (law.upperEdge() - law.lowerEdge()) / 2;
    double end = Math.acos(Math.clamp((centre - upTo) / radius, -1, 1));
    double step = end / NODES;
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      double angle = (i + 0.5) * step;
      double x = centre - radius * Math.cos(angle);
      sum += Math.pow(x, k) * law.density(x) * radius * Math.sin(angle) * step;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2.5", "0.5, 1", "0.5, 0.01", "0.25, 4", "0.0126, 1"})
  void cdfAndMomentsAreIntegralsOfTheDensity(double aspect, double variance) {
    var law = new MarchenkoPastur(aspect, variance);
    for (double share : new double[] {0.05, 0.3, 0.5, 0.8, 0.99}) {
      double x = law.lowerEdge() + share * (law.upperEdge() - law.lowerEdge());
      // the midpoint rule's error falls with the square of the 4,000 nodes
      assertEquals(integral(law, 0, x), law.cdf(x), 1e-6);
      assertEquals(integral(law, 1, x), law.partialMean(x), 1e-6 * variance);
      assertEquals(x, law.quantile(law.cdf(x)), 1e-12 * law.upperEdge());
    }
    for (int k = 1; k <= 6; k++) {
      assertEquals(integral(law, k, law.upperEdge()), law.moment(k), 1e-6 * law.moment(k));
    }
    assertEquals(0, law.cdf(law.lowerEdge()));
    assertEquals(1, law.cdf(law.upperEdge()));
    assertEquals(law.upperEdge(), law.quantile(1), 1e-9 * law.upperEdge());
    assertEquals(law.lowerEdge(), law.quantile(0), 1e-9 * law.upperEdge());
    assertEquals(0, law.density(law.upperEdge() * 1.01));
  }

  @Test
  void momentsOfSquareMatricesAreCatalanNumbers() {
    var law = new MarchenkoPastur(1, 1);
    double[] catalan = {1, 2, 5, 14, 42, 132};
    for (int k = 1; k <= catalan.length; k++) {
      assertEquals(catalan[k - 1], law.moment(k), 1e-12 * catalan[k - 1]);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.25"})
  void momentsAreNarayanaPolynomials(double c) {
    var law = new MarchenkoPastur(c, 1);
    assertEquals(1 + c, law.moment(2), 1e-15);
    assertEquals(1 + 3 * c + c * c, law.moment(3), 1e-15);
    assertEquals(1 + 6 * c + 6 * c * c + c * c * c, law.moment(4), 1e-15);
    assertEquals(1 + 10 * c + 20 * c * c + 10 * c * c * c + c * c * c * c, law.moment(5), 1e-14);
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "200, 100", "400, 100"})
  void eigenvaluesOfGaussianMatricesFollowIt(int longer, int shorter) {
    var law = new MarchenkoPastur(shorter / (double) longer, 1);
    double[] eigenvalues = new GaussianSpectrum(7).eigenvalues(longer, shorter);
    for (int i = 0; i < shorter; i++) {
      // eigenvalues are rigid: ranks move by O(log M), against √M were they independent
      assertEquals((i + 0.5) / shorter, law.cdf(eigenvalues[i]), 4.0 / shorter);
    }
  }

  @Test
  void refusesWhatIsNoLaw() {
    assertThrows(IllegalArgumentException.class, () -> new MarchenkoPastur(1.01, 1));
    assertThrows(IllegalArgumentException.class, () -> new MarchenkoPastur(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MarchenkoPastur(0.5, 0));
    assertThrows(IllegalArgumentException.class, () -> new MarchenkoPastur(0.5, Double.NaN));
    var law = new MarchenkoPastur(0.5, 1);
    assertThrows(IllegalArgumentException.class, () -> law.quantile(1.1));
    assertThrows(IllegalArgumentException.class, () -> law.moment(0));
    assertTrue(law.lowerEdge() < law.upperEdge());
  }
}
