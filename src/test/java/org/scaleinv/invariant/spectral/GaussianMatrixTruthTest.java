package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.model.nulls.GaussianNull;
import org.scaleinv.statistics.LargestEigenvalue;
import org.scaleinv.statistics.LevelSpacing;
import org.scaleinv.statistics.MarchenkoPastur;

/**
 * Invariants of Gaussian matrices against random-matrix theory. Means over draws lie within 4 standard errors of the
 * theory, plus its stated finite-size term: at seeds that are fixed, so that a failure replays.
 */
class GaussianMatrixTruthTest {
  private static final long SEED = 20_260;
  private static final int DRAWS = 60;

  /** Mean of the Tracy–Widom law for real entries. */
  private static final double TRACY_WIDOM_MEAN = -1.2065;

  private static Engine engine;

  @BeforeAll
  static void start() {
    engine = new CpuEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  /** The next correction to the mean is O(M^(−2/3)) of the width (El Karoui 2006): 0.1 of it is allowed. */
  @ParameterizedTest
  @CsvSource({"96, 96", "192, 96", "384, 96", "256, 256"})
  void theEdgeIsWhereTracyAndWidomPutIt(int longSide, int shortSide) {
    SummaryStatistics ratio = statistics(new NormToMarchenkoPasturEdge(), longSide, shortSide);
    double edge = 1 + Math.sqrt((double) shortSide / longSide);
    LargestEigenvalue law = LargestEigenvalue.of(longSide, shortSide, 1);
    // the ratio is √λ₁ over the edge: to first order in the width, by the derivative of the root
    double expected = Math.sqrt(law.centre() + law.width() * TRACY_WIDOM_MEAN) / edge;
    double width = law.width() / (2 * Math.sqrt(law.centre())) / edge;
    assertWithin(expected, ratio, 0.1 * width);
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "128, 64", "256, 64", "128, 128"})
  void momentsAreExactlyThoseOfWishartMatrices(int longSide, int shortSide) {
    double n = longSide;
    double m = shortSide;
    assertWithin(n * m * (n + m + 1) / power(n * m, 2) * m, powers(2, longSide, shortSide), 0);
    assertWithin(
        n * m * (n * n + 3 * n * m + m * m + 3 * n + 3 * m + 4) / power(n * m, 3) * m * m,
        powers(3, longSide, shortSide), 0);
    double fourth = n * n * n + 6 * n * n * m + 6 * n * m * m + m * m * m
        + 6 * n * n + 17 * n * m + 6 * m * m + 21 * n + 21 * m + 20;
    assertWithin(n * m * fourth / power(n * m, 4) * m * m * m, powers(4, longSide, shortSide), 0);
  }

  /** The excess over the limit is O(1/N): of M₆ itself a fifth at M = 16, halved with every doubling. */
  @ParameterizedTest
  @CsvSource({"1, 5", "1, 6", "2, 5", "2, 6", "4, 5", "4, 6"})
  void highMomentsTendToNarayanas(int aspect, int order) {
    double limit = Math.pow(new MarchenkoPastur(1.0 / aspect, 1).moment(order), 1.0 / (order - 1));
    double small = statistics(new Moment(order), 64 * aspect, 64).getMean() / limit - 1;
    double large = statistics(new Moment(order), 256 * aspect, 256).getMean() / limit - 1;
    assertEquals(0, large, 0.01);
    assertTrue(Math.abs(large) < Math.abs(small), small + " then " + large);
  }

  /** Three standard errors, less than 0.01. */
  @ParameterizedTest
  @CsvSource({"1, 300", "2, 300", "4, 150"})
  void tenThousandSpacingRatiosAverageThatOfTheOrthogonalEnsemble(int aspect, int size) {
    double sum = 0;
    double variance = 0;
    long count = 0;
    for (int draw = 0; count < 12_000; draw++) {
      Outcome outcome = new SpacingRatio().of(draw(aspect * size, size, draw));
      long ratios = ((Number) outcome.detail().get(SpacingRatio.RATIOS)).longValue();
      count += ratios;
      sum += outcome.value() * ratios;
      variance += Math.pow(outcome.error() * ratios, 2);
    }
    assertEquals(LevelSpacing.GOE, sum / count, 3 * Math.sqrt(variance) / count);
  }

  @ParameterizedTest
  @CsvSource({"128, 128", "256, 128", "512, 128"})
  void theBulkOfNoiseIsAllOfIt(int longSide, int shortSide) {
    // one draw in a thousand has a spike at the 99.9 % threshold: 60 draws may show one
    double spikes = statistics(new BulkSpikes(), longSide, shortSide).getMean();
    assertTrue(spikes <= 1.0 / DRAWS / shortSide, "spikes " + spikes);
    assertWithin(1, statistics(new BulkSigma(), longSide, shortSide), 0.01);
  }

  /**
   * Whole matrices of a known deviation s. Of 300 draws at M = 96 the bulk's deviation over the root mean square was
   * off by 0.3, 0.2, 0.1 % (c = 1, ½, ¼) and never by more than 1.1 %; that root scatters by 1/√(2NM), 0.7 % at most.
   * σ₁ lies within 4 widths of its law's centre in 99 % of draws.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.02", "2, 0.02", "4, 0.02", "1, 3", "2, 3", "4, 3"})
  void edgeAndDeviationComeOutInTheUnitOfTheWeights(int aspect, double deviation) {
    int size = 96;
    RealMatrix weight = Samples.gaussian(aspect * size, size, deviation, SEED);
    Spectrum spectrum =
        Spectrum.ofMatrix(new StreamedSpectra(engine).matrix(Samples.stored("w", weight), Solver.AUTO, 1));
    Outcome sigma = new BulkSigma().of(spectrum);
    assertEquals(1, sigma.value(), 0.02);
    assertEquals(deviation, (double) sigma.detail().get("sigma"), 0.02 * deviation);
    LargestEigenvalue law = LargestEigenvalue.of((long) aspect * size, size, deviation * deviation);
    assertEquals(law.centre(), spectrum.largestEigenvalue(), 4 * law.width());
  }

  @Test
  void aDrawIsAFunctionOfItsSeedShapeAndNumber() {
    GaussianNull source = new GaussianNull(engine, SEED);
    double first = source.matrix(40, 30, 7).values()[0];
    assertEquals(first, source.matrix(30, 40, 7).values()[0]);
    for (double other : new double[] {
      source.matrix(40, 30, 8).values()[0],
      source.matrix(41, 30, 7).values()[0],
      new GaussianNull(engine, SEED + 1).matrix(40, 30, 7).values()[0]
    }) {
      assertTrue(first != other, "another draw gave " + other);
    }
  }

  /** M_k/M₁ᵏ itself, whose mean is known: W/‖W‖ is independent of ‖W‖, so it is E M_k / E M₁ᵏ. */
  private static SummaryStatistics powers(int order, int longSide, int shortSide) {
    double norm = 1;
    for (int i = 0; i < order; i++) {
      norm *= 1 + 2.0 * i / ((double) longSide * shortSide);
    }
    SummaryStatistics statistics = new SummaryStatistics();
    for (int draw = 0; draw < DRAWS; draw++) {
      double root = new Moment(order).of(draw(longSide, shortSide, draw)).value();
      statistics.addValue(Math.pow(root, order - 1) * norm);
    }
    return statistics;
  }

  private static SummaryStatistics statistics(SpectralInvariant invariant, int longSide, int shortSide) {
    SummaryStatistics statistics = new SummaryStatistics();
    IntStream.range(0, DRAWS)
        .mapToDouble(draw -> invariant.of(draw(longSide, shortSide, draw)).value())
        .forEach(statistics::addValue);
    return statistics;
  }

  private static Spectrum draw(int longSide, int shortSide, int draw) {
    return Spectrum.ofMatrix(new GaussianNull(engine, SEED).matrix(longSide, shortSide, draw));
  }

  private static void assertWithin(double expected, SummaryStatistics found, double finiteSize) {
    double error = found.getStandardDeviation() / Math.sqrt(found.getN());
    assertEquals(expected, found.getMean(), 4 * error + finiteSize, "seed " + SEED + ", standard error " + error);
  }

  private static double power(double x, int k) {
    return Math.pow(x, k);
  }
}
