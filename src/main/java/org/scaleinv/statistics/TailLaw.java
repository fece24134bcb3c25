package org.scaleinv.statistics;

/** A law of the tail x ≥ xMin, fitted by maximum likelihood. */
sealed interface TailLaw {

  /** ln of the density in y = ln(x/xMin), with t = e^y given beside it. */
  double logDensity(double y, double t);

  /** p(x) ~ x^(−alpha): y is exponential with rate alpha − 1. */
  record PowerLaw(double alpha) implements TailLaw {

    static PowerLaw fit(TailSample tail) {
      return new PowerLaw(1 + 1 / tail.meanLog());
    }

    @Override
    public double logDensity(double y, double t) {
      return Math.log(alpha - 1) - (alpha - 1) * y;
    }
  }

  /** p(x) ~ exp(−rate·x/xMin). */
  record Exponential(double rate) implements TailLaw {

    static Exponential fit(TailSample tail) {
      return new Exponential(1 / (tail.meanRatio() - 1));
    }

    @Override
    public double logDensity(double y, double t) {
      return Math.log(rate) - rate * (t - 1) + y;
    }
  }

  /**
   * A normal law of y truncated to y ≥ 0.
   *
   * @param height mean over deviation of the normal law, before truncation; often far below zero
   * @param deviation of the normal law
   * @param logMills ln(φ(height)/Φ(height))
   */
  record LogNormal(double height, double deviation, double logMills) implements TailLaw {

    @Override
    public double logDensity(double y, double t) {
      double z = y / deviation;
      return logMills - Math.log(deviation) + z * (height - z / 2);
    }
  }

  /** p(x) ~ x^(−exponent)·exp(−rate·x/xMin), with logNormaliser = ln ∫ e^((1−exponent)y − rate·e^y) dy over y ≥ 0. */
  record CutOffPowerLaw(double exponent, double rate, double logNormaliser) implements TailLaw {

    @Override
    public double logDensity(double y, double t) {
      return (1 - exponent) * y - rate * t - logNormaliser;
    }
  }
}
