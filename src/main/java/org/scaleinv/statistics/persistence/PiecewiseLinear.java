package org.scaleinv.statistics.persistence;

import java.util.Arrays;

/** A non-negative function by its corners, linear between them and zero outside. */
public final class PiecewiseLinear {
  private double[] x = new double[8];
  private double[] y = new double[8];
  private int corners;

  PiecewiseLinear() {}

  /** Adds a corner at or to the right of the last one. */
  void add(double at, double height) {
    if (corners == x.length) {
      x = Arrays.copyOf(x, 2 * corners);
      y = Arrays.copyOf(y, 2 * corners);
    }
    x[corners] = at;
    y[corners++] = height;
  }

  public double at(double t) {
    for (int i = 1; i < corners; i++) {
      if (x[i - 1] <= t && t <= x[i]) {
        double width = x[i] - x[i - 1];
        return width == 0 ? Math.max(y[i - 1], y[i]) : y[i - 1] + (y[i] - y[i - 1]) * ((t - x[i - 1]) / width);
      }
    }
    return 0;
  }

  public double maximum() {
    return Arrays.stream(y, 0, corners).max().orElse(0);
  }

  /** (∫ f^p)^(1/p), p ≥ 1, from the antiderivative on each piece. */
  public double norm(double p) {
    double highest = maximum();
    if (highest == 0) {
      return 0;
    }
    double sum = 0;
    for (int i = 1; i < corners; i++) {
      sum += (x[i] - x[i - 1]) * meanPower(y[i - 1] / highest, y[i] / highest, p);
    }
    return highest * Math.pow(sum, 1 / p);
  }

  /** The mean of s^p for s between a and b: (b^(p+1) − a^(p+1)) / ((p + 1)(b − a)). */
  private static double meanPower(double a, double b, double p) {
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    if (high == 0) {
      return 0;
    }
    double slope = (high - low) / high;
    if (!(slope > 1e-4)) {
      // the quotient would cancel; the midpoint is off by p(p − 1)·slope²/24 of the value at most
      return p == 1 ? (low + high) / 2 : Math.pow((low + high) / 2, p) * (1 + p * (p - 1) * slope * slope / 24);
    }
    return (Math.pow(high, p + 1) - Math.pow(low, p + 1)) / ((p + 1) * (high - low));
  }
}
