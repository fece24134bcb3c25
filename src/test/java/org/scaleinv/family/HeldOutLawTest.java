package org.scaleinv.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeldOutLawTest {
  private static final double BOUND = 0.1;

  @Test
  void theLargestScaleIsMetOrMissedByTheBound() {
    assertEquals(HeldOutLaw.PREDICTS, law(0, 1, 2, 3.099));
    assertEquals(HeldOutLaw.PREDICTS, law(0, 1, 2, 2.901));
    // three points on a line leave no scatter: any miss beyond the bound is more than chance
    assertEquals(HeldOutLaw.MISSES, law(0, 1, 2, 3.101));
    assertEquals(HeldOutLaw.MISSES, law(0, 1, 2, 2.899));
  }

  @Test
  void aMissThatTheScatterExplainsIsUnclear() {
    // residuals 0.1·(1, −2, 1): a largest scale at 3.3 instead of 3 has t = 0.67 on one degree of freedom
    assertEquals(HeldOutLaw.UNCLEAR, law(0.1, 0.8, 2.1, 3.3));
    assertEquals(HeldOutLaw.MISSES, law(0.1, 0.8, 2.1, 30));
  }

  @Test
  void twoSmallerScalesCannotTellAMissFromChanceWithoutSeeds() {
    assertEquals(HeldOutLaw.PREDICTS, law(0, 1, 2));
    assertEquals(HeldOutLaw.UNCLEAR, law(0, 1, 9));
    assertEquals(HeldOutLaw.UNTESTABLE, law(0, 1));
  }

  @Test
  void seedsTellAMissFromChance() {
    double[] x = {0, 0, 1, 1, 2, 2};
    int[] scale = {0, 0, 1, 1, 2, 2};
    // the miss of 0.2 has a factor ½ + ½·(1 + 4) = 3 of the variance of one run
    double[] quiet = {0, 0.01, 1, 1.01, 2.2, 2.21};
    double[] loud = {0, 0.5, 1, 1.5, 2.2, 2.7};
    assertEquals(HeldOutLaw.MISSES, HeldOutLaw.of(ScaleSeries.of(x, scale, quiet), BOUND, 0.05));
    assertEquals(HeldOutLaw.UNCLEAR, HeldOutLaw.of(ScaleSeries.of(x, scale, loud), BOUND, 0.05));
  }

  private static HeldOutLaw law(double... means) {
    double[] x = new double[means.length];
    int[] scale = new int[means.length];
    for (int i = 0; i < means.length; i++) {
      x[i] = i;
      scale[i] = i;
    }
    return HeldOutLaw.of(ScaleSeries.of(x, scale, means), BOUND, 0.05);
  }
}
