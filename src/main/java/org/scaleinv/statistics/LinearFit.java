package org.scaleinv.statistics;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A straight line by least squares, every point counted once, whose standard errors allow for points of unequal
 * precision. Immutable.
 *
 * <p>The points are means of unequally many runs. Which of them are more precise depends on what the runs of a point
 * have in common, and that is not known: standard errors are the larger of those for points of equal variance and for
 * points of the given relative variances.
 */
public final class LinearFit {
  private final double[] x;
  private final double[] relativeVariances;
  private final double xMean;
  private final double yMean;
  private final double slope;
  private final double sxx;
  private final double variance;
  private final int degreesOfFreedom;
  private final boolean varianceOfRuns;

  private LinearFit(LinearFit line, double variance, int degreesOfFreedom) {
    this.x = line.x;
    this.relativeVariances = line.relativeVariances;
    this.xMean = line.xMean;
    this.yMean = line.yMean;
    this.slope = line.slope;
    this.sxx = line.sxx;
    this.variance = variance;
    this.degreesOfFreedom = degreesOfFreedom;
    this.varianceOfRuns = true;
  }

  private LinearFit(double[] x, double[] y, double[] relativeVariances) {
    this.x = x.clone();
    this.relativeVariances = relativeVariances.clone();
    this.xMean = Arrays.stream(x).sum() / x.length;
    this.yMean = Arrays.stream(y).sum() / x.length;
    this.sxx = sum(i -> (x[i] - xMean) * (x[i] - xMean));
    this.slope = sxx > 0 ? sum(i -> (x[i] - xMean) * (y[i] - yMean)) / sxx : Double.NaN;
    this.degreesOfFreedom = Math.max(0, x.length - 2);
    this.variance =
        degreesOfFreedom > 0 ? sum(i -> square(y[i] - at(x[i]))) / degreesOfFreedom : Double.NaN;
    this.varianceOfRuns = false;
  }

  /** Fits a line to points of equal precision; its errors come from the residuals, on points − 2 degrees of freedom. */
  public static LinearFit of(double[] x, double[] y) {
    double[] equal = new double[x.length];
    Arrays.fill(equal, 1);
    return of(x, y, equal);
  }

  /**
   * Fits a line to means of unequally many runs.
   *
   * @param relativeVariances variance of each y in units of one run's, if runs share nothing: 1 / number of runs
   */
  public static LinearFit of(double[] x, double[] y, double[] relativeVariances) {
    return new LinearFit(x, y, relativeVariances);
  }

  /** The same line, with the variance of one run known from runs of equal x. */
  public LinearFit withRunVariance(double variance, int degreesOfFreedom) {
    return new LinearFit(this, variance, degreesOfFreedom);
  }

  public boolean hasError() {
    return degreesOfFreedom > 0;
  }

  public int degreesOfFreedom() {
    return degreesOfFreedom;
  }

  /** Of a point about the line, or of one run where that is known; NaN without degrees of freedom. */
  public double variance() {
    return variance;
  }

  /** NaN when all x are equal. */
  public double slope() {
    return slope;
  }

  public double slopeError() {
    return error(i -> (x[i] - xMean) / sxx);
  }

  public double xMean() {
    return xMean;
  }

  public double yMean() {
    return yMean;
  }

  /** Height of the line at any x. */
  public double at(double x) {
    return yMean + slope * (x - xMean);
  }

  /** Standard error of {@link #at}. */
  public double errorAt(double x) {
    return error(leverage(x));
  }

  /** at(x) is the sum of all y, each times its leverage. */
  private IntToDoubleFunction leverage(double at) {
    return i -> 1.0 / x.length + (at - xMean) * (x[i] - xMean) / sxx;
  }

  /** Standard error of the sum of all y, each times its coefficient. */
  private double error(IntToDoubleFunction coefficient) {
    double equal = sum(i -> square(coefficient.applyAsDouble(i)));
    double unequal = sum(i -> square(coefficient.applyAsDouble(i)) * relativeVariances[i]);
    return Math.sqrt(variance * (varianceOfRuns ? unequal : Math.max(equal, unequal / residualVariance())));
  }

  /** What the relative variances make the variance about the line on average. */
  private double residualVariance() {
    return sum(i -> (1 - leverage(x[i]).applyAsDouble(i)) * relativeVariances[i]) / degreesOfFreedom;
  }

  private double sum(IntToDoubleFunction term) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += term.applyAsDouble(i);
    }
    return sum;
  }

  private static double square(double value) {
    return value * value;
  }
}
