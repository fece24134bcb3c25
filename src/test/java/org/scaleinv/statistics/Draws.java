package org.scaleinv.statistics;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Samples with known laws, from a seed. */
final class Draws {
  private Draws() {}

  static double[] of(int count, long seed, ToDoubleFunction<Random> law) {
    var random = new Random(seed);
    return random.doubles(count).map(_ -> law.applyAsDouble(random)).toArray();
  }

  static ToDoubleFunction<Random> pareto(double alpha) {
    return random -> Math.pow(1 - random.nextDouble(), -1 / (alpha - 1));
  }

  static ToDoubleFunction<Random> logNormal(double sigma) {
    return random -> Math.exp(sigma * random.nextGaussian());
  }

  static ToDoubleFunction<Random> exponential() {
    return random -> 1 - Math.log(1 - random.nextDouble());
  }

  /** Half below xMin with a density that rises as x, half Pareto above it. */
  static ToDoubleFunction<Random> bodyAndTail(double xMin, double alpha) {
    return random -> random.nextBoolean() ? xMin * Math.sqrt(random.nextDouble())
        : xMin * pareto(alpha).applyAsDouble(random);
  }

  /** Density ~ x^(−alpha)·e^(−rate·x) on x ≥ 1, by rejection. */
  static ToDoubleFunction<Random> cutOff(double alpha, double rate) {
    return random -> {
      double x = pareto(alpha).applyAsDouble(random);
      while (random.nextDouble() >= Math.exp(-rate * (x - 1))) {
        x = pareto(alpha).applyAsDouble(random);
      }
      return x;
    };
  }
}
