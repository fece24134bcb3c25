package org.scaleinv.run.bench;

import java.util.SplittableRandom;

/** Dense matrices with given eigenvalues or singular values: a diagonal between two reflections I − 2vvᵀ, ‖v‖ = 1. */
final class KnownSpectrum {
  private KnownSpectrum() {}

  /** n + shift, n − 1 + shift, …, 1 + shift. */
  static double[] descending(int count, double shift) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = count - i + shift;
    }
    return values;
  }

  /** (n, n), symmetric: one reflection on both sides. */
  static double[] symmetric(double[] eigenvalues, SplittableRandom random) {
    double[] v = unit(eigenvalues.length, random);
    return reflected(eigenvalues, v, v);
  }

  /** (rows, n) with rows ≥ n. */
  static double[] rectangular(double[] singularValues, int rows, SplittableRandom random) {
    return reflected(singularValues, unit(rows, random), unit(singularValues.length, random));
  }

  /** (I − 2uuᵀ)·D·(I − 2vvᵀ) = D − 2u(Du)ᵀ − 2(Dv)vᵀ + 4(uᵀDv)uvᵀ, row by row. */
  private static double[] reflected(double[] diagonal, double[] u, double[] v) {
    int columns = v.length;
    double middle = 0;
    for (int i = 0; i < columns; i++) {
      middle += u[i] * diagonal[i] * v[i];
    }
    double[] matrix = new double[u.length * columns];
    for (int i = 0; i < u.length; i++) {
      double scaled = i < columns ? diagonal[i] * v[i] : 0;
      for (int j = 0; j < columns; j++) {
        double entry = -2 * u[i] * (diagonal[j] * u[j]) - 2 * scaled * v[j] + 4 * middle * u[i] * v[j];
        matrix[i * columns + j] = i == j ? diagonal[i] + entry : entry;
      }
    }
    return matrix;
  }

  private static double[] unit(int length, SplittableRandom random) {
    double[] v = random.doubles(length, -1, 1).toArray();
    double square = 0;
    for (double entry : v) {
      square += entry * entry;
    }
    for (int i = 0; i < length; i++) {
      v[i] /= Math.sqrt(square);
    }
    return v;
  }
}
