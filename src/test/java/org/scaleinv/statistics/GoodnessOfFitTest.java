package org.scaleinv.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoodnessOfFitTest {

  private static double p(double[] values, int minimumTail, long seed) {
    return GoodnessOfFit.of(values, 0, minimumTail, 50, seed).toOptional().orElseThrow().p();
  }

  private static int ruledOut(ToDoubleFunction<Random> law, int minimumTail, int runs) {
    int ruledOut = 0;
    for (long seed = 0; seed < runs; seed++) {
      ruledOut += p(Draws.of(300, seed, law), minimumTail, seed) < 0.1 ? 1 : 0;
    }
    return ruledOut;
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3.5})
  void aTruePowerLawIsRuledOutAtItsLevel(double alpha) {
    // binomial with p = 0.1 of 60: 6 ± 2.3
    int ruledOut = ruledOut(Draws.pareto(alpha), 2, 60);
    assertTrue(ruledOut <= 13, ruledOut + " of 60");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 150})
  void uniformTailsAreRuledOut(int minimumTail) {
    // a short end of any sample passes, so the tail has to be long enough to show what it is
    int ruledOut = ruledOut(Random::nextDouble, minimumTail, 20);
    assertTrue(ruledOut >= 18, ruledOut + " of 20");
  }

  @Test
  void theSameSeedGivesTheSameP() {
    double[] values = Draws.of(300, 5, Draws.pareto(2.5));
    assertEquals(p(values, 2, 9), p(values, 2, 9));
    assertNotEquals(p(values, 2, 9), p(values, 2, 10));
  }

  @Test
  void syntheticSamplesOfEqualValuesCountAsFurther() {
    // a draw of four may hold the body's one value alone, which has no tail
    double p = p(new double[] {1, 1, 2, 3}, 2, 1);
    assertTrue(p >= 0 && p <= 1);
  }

  @Test
  void withoutAFitThereIsNoP() {
    assertInstanceOf(Estimate.NotApplicable.class, GoodnessOfFit.of(new double[] {2, 2}, 0, 2, 10, 1));
  }
}
