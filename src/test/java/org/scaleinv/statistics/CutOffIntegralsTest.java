package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOffIntegralsTest {

  /** ln E_a(L) and E_{a−1}(L)/E_a(L), with E the generalised exponential integral at 15 digits (mpmath). */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5, 0.193147180559945, 3",
    "1, 0.01, 1.39573207955484, 24.5187493982493",
    "2, 1e-6, -1.42383967585331e-5, 13.2384843865137",
    "-1, 2, -2.28768207245178, 1.66666666666667",
    "3.5, 0.3, -1.37759709951303, 1.4587075784037",
    "1.2, 1e-9, 1.59081375729476, 3759733.07787054",
    "-30, 40, -42.482592844432, 1.07430666082848",
    "-1e4, 1e4, -10004.3740654343, 1.00803656324881"
  })
  void normaliserAndMeanAreExponentialIntegrals(double exponent, double rate, double logNormaliser, double meanRatio) {
    var integrals = new CutOffIntegrals();
    integrals.evaluate(exponent, rate);
    // 96 nodes over 40 e-folds: measured below 3e-10, worst where the cut-off lies 9 decades out
    assertEquals(logNormaliser, integrals.logNormaliser(), 1e-10 * Math.max(1, Math.abs(logNormaliser)));
    assertEquals(meanRatio, integrals.meanRatio(), 1e-9 * meanRatio);
  }

  @ParameterizedTest
  @CsvSource({"2.5, 0.1", "-3, 5", "1.1, 1e-4"})
  void momentsOfTheLogarithmAreDerivativesOfTheNormaliser(double exponent, double rate) {
    var integrals = new CutOffIntegrals();
    double step = 1e-4;
    integrals.evaluate(exponent + step, rate);
    double above = integrals.logNormaliser();
    integrals.evaluate(exponent - step, rate);
    double below = integrals.logNormaliser();
    integrals.evaluate(exponent, rate);
    // central differences: an error of step² times the next derivatives, and rounding over step²
    assertEquals((below - above) / (2 * step), integrals.meanLog(), 1e-5 * integrals.meanLog());
    assertEquals(
        (above - 2 * integrals.logNormaliser() + below) / (step * step),
        integrals.varianceOfLog(),
        1e-4 * integrals.varianceOfLog());
  }
}
