package org.scaleinv.family;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.scaleinv.statistics.BenjaminiHochberg;
import org.scaleinv.statistics.LinearFit;
import org.scaleinv.statistics.StudentT;

/** Puts families whose answers are known through the tests of conservation, and counts what is said of them. */
final class ConservationSimulation {
  static final int FAMILIES = 2_000;
  static final long SEED = 20_261;
  static final double LEVEL = 0.05;
  static final double BOUND = Math.log(1.1);
  static final double[] NOISE = {0.01, 0.03, 0.1};
  static final double[] SHARED = {0, 0.5, 0.9};

  private ConservationSimulation() {}

  static List<SyntheticDesign> designs() {
    return List.of(
        SyntheticDesign.even("2 models", 2, 1),
        SyntheticDesign.even("2 scales × 2 seeds", 2, 2),
        SyntheticDesign.even("3 models", 3, 1),
        SyntheticDesign.even("3 scales × 2 seeds", 3, 2),
        SyntheticDesign.even("4 models", 4, 1),
        SyntheticDesign.even("4 scales × 2 seeds", 4, 2),
        SyntheticDesign.even("5 models", 5, 1),
        SyntheticDesign.kjv(),
        SyntheticDesign.even("5 scales × 2 seeds", 5, 2),
        SyntheticDesign.even("8 models", 8, 1),
        SyntheticDesign.even("8 scales × 2 seeds", 8, 2));
  }

  /**
   * How the values of a family scatter.
   *
   * @param deviation standard deviation of a value's logarithm
   * @param shared part of the variance that all seeds of a scale have in common
   * @param shrinking ratio of the smallest scale's deviation to the largest's
   */
  record Noise(double deviation, double shared, double shrinking) {
    static Noise of(double deviation) {
      return new Noise(deviation, 0, 1);
    }

    double at(double position) {
      return deviation * Math.pow(shrinking, 0.5 - position);
    }
  }

  /** The standard cells: every design at every noise, with all straight truths. */
  static List<Cell> standardCells() {
    Set<SyntheticTruth> straight =
        EnumSet.of(
            SyntheticTruth.FLAT,
            SyntheticTruth.TOLERANCE,
            SyntheticTruth.POWER,
            SyntheticTruth.NULL_EDGE,
            SyntheticTruth.BEYOND,
            SyntheticTruth.BEYOND_DRIFTING);
    return designs().parallelStream()
        .flatMap(design -> Arrays.stream(NOISE).mapToObj(noise -> cell(design, Noise.of(noise), straight)))
        .toList();
  }

  /** What was said of the families of one design and noise, by truth. */
  record Cell(SyntheticDesign design, Noise noise, Map<SyntheticTruth, Tally> tallies) {
    Tally of(SyntheticTruth truth) {
      return tallies.get(truth);
    }
  }

  /** The same noise serves all truths of a cell, so its rates are correlated; each by itself is binomial. */
  static Cell cell(SyntheticDesign design, Noise noise, Set<SyntheticTruth> truths) {
    NormalizedGaussianSampler gauss = gauss(design, noise);
    Map<SyntheticTruth, Tally> tallies = new EnumMap<>(SyntheticTruth.class);
    for (SyntheticTruth truth : truths) {
      tallies.put(truth, new Tally(LEVEL, truth, design.span(), design.degreesOfFreedom()));
    }
    for (int family = 0; family < FAMILIES; family++) {
      double[] error = design.noise(gauss, noise.shared());
      tallies.forEach((truth, tally) -> tally.add(design.series(values(design, noise, truth, error)), BOUND));
    }
    return new Cell(design, noise, tallies);
  }

  private static double[] values(SyntheticDesign design, Noise noise, SyntheticTruth truth, double[] error) {
    double[] y = new double[error.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = truth.at(design.position(i)) + noise.at(design.position(i)) * error[i];
    }
    return y;
  }

  /** Share of 90 % intervals that cover the slope, and their mean half-width, by scale means and by models. */
  record Intervals(double coveredByScales, double coveredByModels, double scalesOverModels) {}

  /** Compares the interval in use with the one over all models on models − 2 degrees of freedom. */
  static Intervals intervals(SyntheticDesign design, double shared) {
    Noise noise = new Noise(1, shared, 1);
    NormalizedGaussianSampler gauss = gauss(design, noise);
    double[] quantiles = {
      StudentT.quantile(0.95, design.scales() - 2), StudentT.quantile(0.95, design.models() - 2)
    };
    int[] covered = new int[2];
    double[] width = new double[2];
    for (int family = 0; family < FAMILIES; family++) {
      double[] y = design.noise(gauss, shared);
      LinearFit[] fits = {
        ChangeTests.of(design.series(y), BOUND).fit(), LinearFit.of(design.x(), y)
      };
      for (int way = 0; way < 2; way++) {
        double halfWidth = quantiles[way] * fits[way].slopeError();
        covered[way] += Math.abs(fits[way].slope()) <= halfWidth ? 1 : 0;
        width[way] += halfWidth;
      }
    }
    return new Intervals(covered[0] / (double) FAMILIES, covered[1] / (double) FAMILIES, width[0] / width[1]);
  }

  /**
   * What false-discovery control makes of whole tables.
   *
   * @param falseShare mean share of false claims among the claims of a table, 0 where there are none
   * @param found share of the true claims that were made
   */
  record DiscoveryRates(double falseShare, double found) {}

  static final int ROWS = 40;
  static final int TABLES = 200;

  /** Tables of 40 rows, every second of which the claim is true for. */
  static DiscoveryRates discoveries(
      SyntheticDesign design,
      double deviation,
      SyntheticTruth claimTrue,
      SyntheticTruth claimFalse,
      ToDoubleFunction<ChangeTests> claim) {
    Noise noise = Noise.of(deviation);
    NormalizedGaussianSampler gauss = gauss(design, noise);
    double falseShare = 0;
    double found = 0;
    for (int table = 0; table < TABLES; table++) {
      double[] p = new double[ROWS];
      for (int row = 0; row < ROWS; row++) {
        SyntheticTruth truth = row % 2 == 0 ? claimTrue : claimFalse;
        double[] y = values(design, noise, truth, design.noise(gauss, 0));
        p[row] = claim.applyAsDouble(ChangeTests.of(design.series(y), BOUND));
      }
      double[] q = BenjaminiHochberg.adjust(p);
      int right = 0;
      int wrong = 0;
      for (int row = 0; row < ROWS; row++) {
        right += row % 2 == 0 && q[row] <= LEVEL ? 1 : 0;
        wrong += row % 2 == 1 && q[row] <= LEVEL ? 1 : 0;
      }
      falseShare += wrong / (double) Math.max(1, right + wrong) / TABLES;
      found += right / (ROWS / 2.0) / TABLES;
    }
    return new DiscoveryRates(falseShare, found);
  }

  private static NormalizedGaussianSampler gauss(SyntheticDesign design, Noise noise) {
    long seed = SEED + Objects.hash(design.name(), noise);
    return ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
  }
}
