package org.scaleinv.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Verdict;

class ConservationTest {
  private static final long[] FIVE = {1_000, 4_000, 16_000, 64_000, 256_000};

  @Test
  void seedFormulaTakesTheMeanValuesOfTheSmallestAndTheLargestScale() {
    long[] n = {1_000, 1_000, 4_000, 16_000, 16_000};
    double[] values = {1.0, 3.0, 9.0, 2.0, 3.0};
    assertEquals(0.25, row(Families.of("spectral.gap", n, values, null)).inference().conservationError(), 1e-15);
    double[] others = {2.0, 2.0, 9.0, 0.5, 0.5};
    assertEquals(0.75, row(Families.of("spectral.gap", n, others, null)).inference().conservationError(), 1e-15);
  }

  @Test
  void anExactPowerLawScalesWithItsExponent() {
    for (double exponent : new double[] {0.3, -0.7}) {
      double[] values = new double[FIVE.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * Math.pow(FIVE[i], exponent);
      }
      var inference = row(Families.of("spectral.gap", FIVE, values, null)).inference();
      // rounding only: ln and pow err by an ulp or two of values near 1
      assertEquals(exponent, inference.scalingExponent(), 1e-13);
      assertEquals(Verdict.SCALES, inference.verdict());
    }
  }

  @Test
  void aValueThatNeverMovesIsConservedAndEqualToItsNullTrivial() {
    double[] values = {0.5, 0.5, 0.5, 0.5, 0.5};
    var row = row(Families.of("spectral.gap", FIVE, values, values));
    assertEquals(Verdict.CONSERVED, row.inference().verdict());
    assertEquals(NullRelation.TRIVIAL, row.nullRelation());
    double[] nulls = {0.4, 0.4, 0.4, 0.4, 0.4};
    assertEquals(NullRelation.BEYOND_NULL, row(Families.of("spectral.gap", FIVE, values, nulls)).nullRelation());
  }

  @Test
  void twoModelsDecideNothingAndGetNoError() {
    var comparison =
        Conservation.compare(
            Families.of("spectral.gap", new long[] {1_000, 9_000}, new double[] {1, 2}, null), 0.1, 0.05);
    var row = comparison.rows().getFirst();
    assertEquals(Verdict.UNDECIDED, row.inference().verdict());
    assertNull(row.errors().getFirst());
    assertNull(row.inference().scalingExponentError());
    assertEquals(Math.log(2) / Math.log(9), row.inference().scalingExponent(), 1e-14);
    assertTrue(comparison.warnings().getFirst().contains("no error can be given"), comparison.warnings().toString());
  }

  @Test
  void profilesThatCannotBeComparedAreRefusedByName() {
    var small = Families.profile("small", 1_000);
    var copy = Families.profile(Families.model("copy", "gpt2", 4_000, "small"), Families.SETTINGS);
    var reseeded = Families.profile(Families.model("large", "gpt2", 4_000, "x"), Families.settings(2));
    assertEquals("same-model-twice", refusal(small, copy).rule());
    var different = refusal(small, reseeded);
    assertEquals("settings-differ", different.rule());
    assertTrue(
        different.getMessage().contains("\"small\"")
            && different.getMessage().contains("\"large\"")
            && different.getMessage().contains("seed is 1 in the first, 2 in the second"),
        different.getMessage());
    assertThrows(UsageError.class, () -> Conservation.compare(List.of(small), 0.1, 0.05));
  }

  private static BadInput refusal(Profile... profiles) {
    return assertThrows(BadInput.class, () -> Conservation.compare(List.of(profiles), 0.1, 0.05));
  }

  private static Comparison.Row row(List<Profile> profiles) {
    return Conservation.compare(profiles, 0.1, 0.05).rows().getFirst();
  }
}
