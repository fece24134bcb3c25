package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinearFitTest {
  private static final double[] FOUR = {0, 1, 2, 3};

  @Test
  void aLineWorkedOutByHand() {
    // means 1.5 and 2.75, Sxx 5, Sxy 5.5, residual squares 2.7
    LinearFit fit = LinearFit.of(FOUR, new double[] {1, 3, 2, 5});
    assertEquals(1.1, fit.slope(), 1e-15);
    assertEquals(1.1, fit.at(0), 1e-15);
    assertEquals(1.35, fit.variance(), 1e-14);
    assertEquals(Math.sqrt(1.35 / 5), fit.slopeError(), 1e-15);
    assertEquals(Math.sqrt(1.35 * (0.25 + 2.25 / 5)), fit.errorAt(0), 1e-15);
    assertEquals(2, fit.degreesOfFreedom());
  }

  static Stream<Object[]> points() {
    return Stream.of(
        new Object[] {new double[] {0, 1, 2, 3}, new double[] {1, 3, 2, 5}},
        new Object[] {new double[] {10.1, 11.3, 12.2, 13.4, 14.3}, new double[] {-3.2, 0.1, 7.9, 7.7, 100.4}},
        new Object[] {new double[] {1, 1, 2}, new double[] {4, 5, 6}});
  }

  @ParameterizedTest
  @MethodSource("points")
  void agreesWithAnotherRegression(double[] x, double[] y) {
    SimpleRegression reference = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      reference.addData(x[i], y[i]);
    }
    LinearFit fit = LinearFit.of(x, y);
    // two orders of summation of at most five terms
    assertEquals(reference.getSlope(), fit.slope(), 1e-12 * Math.abs(reference.getSlope()));
    assertEquals(reference.getSlopeStdErr(), fit.slopeError(), 1e-11 * reference.getSlopeStdErr());
    assertEquals(reference.getMeanSquareError(), fit.variance(), 1e-11 * reference.getMeanSquareError());
  }

  @Test
  void twoPointsHaveAnErrorOnlyByTheirRuns() {
    LinearFit line = LinearFit.of(new double[] {1, 3}, new double[] {5, 6}, new double[] {1 / 2.0, 1 / 3.0});
    assertFalse(line.hasError());
    assertEquals(0.5, line.slope(), 1e-15);
    LinearFit known = line.withRunVariance(0.6, 3);
    assertTrue(known.hasError());
    assertEquals(Math.sqrt(0.6 * (1 / 2.0 + 1 / 3.0)) / 2, known.slopeError(), 1e-15);
    assertEquals(Math.sqrt(0.6 / 3), known.errorAt(3), 1e-15);
  }

  @Test
  void squaredErrorsOfUnequalMeansAreUnbiasedWhereTheyWouldBeTooSmall() {
    double[] x = {10.1, 11.3, 12.2, 13.4, 14.3};
    double[] relative = {0.25, 0.5, 0.5, 1, 1};
    var gauss = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(11));
    int draws = 40_000;
    double truth = 0;
    double claimed = 0;
    double asIfEqual = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] y = Arrays.stream(relative).map(v -> Math.sqrt(v) * gauss.sample()).toArray();
      truth += square(LinearFit.of(x, y).at(14.3)) / draws;
      claimed += square(LinearFit.of(x, y, relative).errorAt(14.3)) / draws;
      asIfEqual += square(LinearFit.of(x, y).errorAt(14.3)) / draws;
    }
    // relative error of the truth √(2/draws) = 0.7 %, of the claim √(2/3/draws) = 0.4 %; four times both together
    assertEquals(1, claimed / truth, 0.033);
    assertTrue(asIfEqual / truth < 0.9, "as if equal: " + asIfEqual / truth);
  }

  private static double square(double value) {
    return value * value;
  }
}
