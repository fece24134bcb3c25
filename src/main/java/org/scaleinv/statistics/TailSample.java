package org.scaleinv.statistics;

import java.util.Arrays;

/**
 * The values of a tail in units of its start: t = x/xMin ≥ 1 and y = ln t. Every law of a tail is written as a density
 * in y; the change of variable is the same for all, so it cancels in their comparison.
 */
final class TailSample {
  private final double[] ratios;
  private final double[] logs;
  private final double largestRatio;
  private final double meanRatio;
  private final double meanLog;
  private final double meanSquaredLog;

  TailSample(double[] values, double xMin) {
    ratios = Arrays.stream(values).filter(x -> x >= xMin).map(x -> x / xMin).toArray();
    logs = Arrays.stream(ratios).map(Math::log).toArray();
    largestRatio = Arrays.stream(ratios).max().orElseThrow();
    meanRatio = Arrays.stream(ratios).average().orElseThrow();
    meanLog = Arrays.stream(logs).average().orElseThrow();
    meanSquaredLog = Arrays.stream(logs).map(y -> y * y).average().orElseThrow();
  }

  int size() {
    return ratios.length;
  }

  double largestRatio() {
    return largestRatio;
  }

  double meanRatio() {
    return meanRatio;
  }

  double meanLog() {
    return meanLog;
  }

  double meanSquaredLog() {
    return meanSquaredLog;
  }

  /** ln of the ratio of two laws' densities, value by value. */
  double[] logRatios(TailLaw first, TailLaw second) {
    double[] differences = new double[ratios.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first.logDensity(logs[i], ratios[i]) - second.logDensity(logs[i], ratios[i]);
    }
    return differences;
  }
}
