package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
  /** The example of Benjamini and Hochberg 1995, section 4: 15 hypotheses of a trial. */
  private static final double[] TRIAL = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1
  };

  @Test
  void rejectsTheFourThatThePaperRejects() {
    double[] q = BenjaminiHochberg.adjust(TRIAL);
    assertEquals(4, Arrays.stream(q).filter(v -> v <= 0.05).count());
    assertEquals(0.0095 * 15 / 4, q[3], 1e-15);
    assertEquals(0.0201 * 15 / 5, q[4], 1e-15);
    assertEquals(1, q[14], 0);
  }

  @Test
  void theOrderOfTheTestsDoesNotMatterAndMissingOnesAreNotCounted() {
    double[] shuffled = {0.04, Double.NaN, 0.01, 0.03, Double.NaN};
    assertArrayEquals(
        new double[] {0.04, Double.NaN, 0.03, 0.04, Double.NaN}, BenjaminiHochberg.adjust(shuffled), 1e-15);
    assertArrayEquals(new double[] {0.2}, BenjaminiHochberg.adjust(new double[] {0.2}));
    assertArrayEquals(new double[0], BenjaminiHochberg.adjust(new double[0]));
  }
}
