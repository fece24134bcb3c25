package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.invariant.Outcome;

/**
 * W = θ·s·√N·uvᵀ + noise of standard deviation s: the largest eigenvalue leaves the bulk when θ > c^(1/4), and then
 * lies at s²(1 + θ²)(c + θ²)/θ² (Benaych-Georges and Nadakuditi 2012, §3.1).
 */
class SpikeThresholdTest {
  private static final int RUNS = 12;

  private static Engine engine;

  @BeforeAll
  static void start() {
    engine = new CpuEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 0.02", "2, 0.02", "4, 0.02", "1, 3", "2, 3", "4, 3"})
  void spikesAboveTheThresholdAreFoundAndThoseBelowAreNot(int aspect, double deviation) {
    int above = 0;
    int below = 0;
    double threshold = Math.pow(aspect, -0.25);
    for (int seed = 0; seed < RUNS; seed++) {
      above += spikes(aspect, deviation, 2.2 * threshold, seed);
      below += spikes(aspect, deviation, 0.5 * threshold, seed);
    }
    // at 96 values a spike scatters by a tenth and the edge's quantile lies a tenth out: 2.2 leaves room for both
    assertEquals(RUNS, above, "spikes at 2.2 times the threshold, seeds 0 to " + RUNS);
    // a bulk has a spike of its own once in a thousand
    assertEquals(0, below, "spikes at half the threshold, seeds 0 to " + RUNS);
  }

  /** The largest eigenvalue scatters by O(1/√N): 4 standard errors over the runs, plus 1/N. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "1, 3"})
  void aSpikeLiesWhereTheoryPutsIt(int aspect, double theta) {
    double c = 1.0 / aspect;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      double largest = spiked(aspect, 0.5, theta, seed).largestEigenvalue() / 0.25;
      sum += largest;
      squares += largest * largest;
    }
    double mean = sum / RUNS;
    double error = Math.sqrt((squares / RUNS - mean * mean) / (RUNS - 1));
    double expected = (1 + theta * theta) * (c + theta * theta) / (theta * theta);
    assertEquals(expected, mean, 4 * error + expected / 96);
  }

  private static int spikes(int aspect, double deviation, double theta, long seed) {
    Outcome outcome = new BulkSpikes().of(spiked(aspect, deviation, theta, seed));
    assertTrue(outcome.applicable(), outcome.toString());
    return ((Number) outcome.detail().get("count")).intValue();
  }

  private static Spectrum spiked(int aspect, double deviation, double theta, long seed) {
    int size = 96;
    RealMatrix matrix = Samples.gaussian(size * aspect, size, deviation, seed);
    double strength = theta * deviation * Math.sqrt(size * aspect);
    RealMatrix left = unit(Samples.gaussian(size * aspect, 1, 1, ~seed));
    RealMatrix right = unit(Samples.gaussian(size, 1, 1, seed ^ 0x5eed));
    RealMatrix spiked = matrix.add(left.multiply(right.transpose()).scalarMultiply(strength));
    return Spectrum.ofMatrix(new StreamedSpectra(engine).matrix(Samples.stored("w", spiked), Solver.AUTO, 1));
  }

  private static RealMatrix unit(RealMatrix vector) {
    return vector.scalarMultiply(1 / vector.getFrobeniusNorm());
  }
}
