package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TwoOneSidedTestsTest {

  @Test
  void tabulatedQuantilesGiveTheirLevels() {
    // quantiles of t to 8 digits; the density there is at most 0.1
    assertEquals(0.05, TwoOneSidedTests.within(0, 1, 3, 2.3533634), 1e-8);
    assertEquals(0.05, TwoOneSidedTests.within(0.5, 0.1, 6, 0.5 + 0.19431803), 1e-8);
    assertEquals(0.05, TwoOneSidedTests.outside(3.1824463, 1, 3, 0), 1e-8);
    assertEquals(0.05, TwoOneSidedTests.outside(-0.24469119, 0.1, 6, 0), 1e-8);
    assertEquals(12.7062047, StudentT.quantile(0.975, 1), 1e-6);
    assertEquals(2.3533634, StudentT.quantile(0.95, 3), 1e-7);
  }

  @Test
  void anExactValueIsDecidedWithoutAnError() {
    assertEquals(0, TwoOneSidedTests.within(0.05, 0, 3, 0.1));
    assertEquals(1, TwoOneSidedTests.within(0.15, 0, 3, 0.1));
    assertEquals(0, TwoOneSidedTests.outside(0.15, 0, 3, 0.1));
    assertEquals(1, TwoOneSidedTests.outside(0, 0, 3, 0));
  }

  @Test
  void equivalenceIsShownWhereTheTwoSidedIntervalOfTwiceTheLevelLiesInside() {
    for (double estimate : new double[] {-0.8, -0.01, 0, 0.3}) {
      for (double error : new double[] {0.01, 0.2, 1}) {
        for (int freedom : new int[] {1, 2, 3, 6, 20}) {
          double halfWidth = StudentT.quantile(0.95, freedom) * error;
          double bound = Math.max(estimate + halfWidth, halfWidth - estimate);
          // the quantile is solved to 1e-9, the p value is smoother than that
          assertEquals(0.05, TwoOneSidedTests.within(estimate, error, freedom, bound), 1e-6);
        }
      }
    }
  }
}
