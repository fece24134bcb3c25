package org.scaleinv.statistics;

import java.util.Arrays;

/**
 * A straight line y = mean(y) + slope·(x − mean(x)) by weighted least squares.
 *
 * @param xMean weighted mean of x; the line passes through (xMean, yMean)
 * @param slope NaN when all x are equal
 * @param weightSum Σw
 * @param sxx Σw(x − xMean)²
 * @param variance of an observation of weight 1; NaN when there are no degrees of freedom
 * @param degreesOfFreedom of the variance
 */
public record LinearFit(
    double xMean, double yMean, double slope, double weightSum, double sxx, double variance, int degreesOfFreedom) {

  /** Fits the line to equally precise points; the variance comes from the residuals, on points − 2 degrees of freedom. */
  public static LinearFit of(double[] x, double[] y) {
    double[] equal = new double[x.length];
    Arrays.fill(equal, 1);
    return of(x, y, equal);
  }

  /**
   * Fits the line; the variance comes from the residuals, on points − 2 degrees of freedom.
   *
   * @param weights the number of equally precise observations behind each y
   */
  public static LinearFit of(double[] x, double[] y, double[] weights) {
    double weightSum = 0;
    double xMean = 0;
    double yMean = 0;
    for (int i = 0; i < x.length; i++) {
      weightSum += weights[i];
      xMean += weights[i] * x[i];
      yMean += weights[i] * y[i];
    }
    xMean /= weightSum;
    yMean /= weightSum;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < x.length; i++) {
      sxx += weights[i] * (x[i] - xMean) * (x[i] - xMean);
      sxy += weights[i] * (x[i] - xMean) * (y[i] - yMean);
    }
    double slope = sxx > 0 ? sxy / sxx : Double.NaN;
    double residuals = 0;
    for (int i = 0; i < x.length; i++) {
      double residual = y[i] - yMean - slope * (x[i] - xMean);
      residuals += weights[i] * residual * residual;
    }
    int degreesOfFreedom = Math.max(0, x.length - 2);
    double variance = degreesOfFreedom > 0 ? residuals / degreesOfFreedom : Double.NaN;
    return new LinearFit(xMean, yMean, slope, weightSum, sxx, variance, degreesOfFreedom);
  }

  /** The same line, with a variance known from elsewhere (repeated observations). */
  public LinearFit withVariance(double variance, int degreesOfFreedom) {
    return new LinearFit(xMean, yMean, slope, weightSum, sxx, variance, degreesOfFreedom);
  }

  public boolean hasError() {
    return degreesOfFreedom > 0;
  }

  public double slopeError() {
    return Math.sqrt(variance / sxx);
  }

  public double at(double x) {
    return yMean + slope * (x - xMean);
  }

  /** Standard error of the line at x. */
  public double errorAt(double x) {
    return Math.sqrt(variance * (1 / weightSum + (x - xMean) * (x - xMean) / sxx));
  }

  /** How much the line at x moves with a point of weight 1 at {@code point}: at(x) is the weighted sum of all y. */
  public double leverage(double x, double point) {
    return 1 / weightSum + (x - xMean) * (point - xMean) / sxx;
  }
}
