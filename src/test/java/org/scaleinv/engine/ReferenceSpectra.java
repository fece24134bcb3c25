package org.scaleinv.engine;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Decompositions as plainly as they can be written, by Jacobi rotations and double loops, of double[row][column]. */
public final class ReferenceSpectra {
  private static final int MOST_SWEEPS = 60;

  private ReferenceSpectra() {}

  public static double[][] gaussian(int rows, int columns, RandomGenerator random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return matrix;
  }

  public static double[][] transpose(double[][] matrix) {
    double[][] turned = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  public static double[][] multiply(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int k = 0; k < right.length; k++) {
        for (int j = 0; j < right[0].length; j++) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return product;
  }

  public static double[][] scaled(double[][] matrix, double factor) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = Arrays.stream(matrix[i]).map(x -> x * factor).toArray();
    }
    return copy;
  }

  /** Singular values, descending, min(rows, columns) of them, by one-sided Jacobi rotations (Hestenes 1958). */
  public static double[] singularValues(double[][] matrix) {
    double[][] a = matrix.length < matrix[0].length ? scaled(matrix, 1) : transpose(matrix);
    boolean rotated = true;
    for (int sweep = 0; rotated; sweep++) {
      if (sweep == MOST_SWEEPS) {
        throw new IllegalStateException("Jacobi rotations do not converge");
      }
      rotated = false;
      for (int p = 0; p < a.length; p++) {
        for (int q = p + 1; q < a.length; q++) {
          rotated |= orthogonalise(a[p], a[q]);
        }
      }
    }
    return descending(Arrays.stream(a).mapToDouble(row -> Math.sqrt(dot(row, row))).toArray());
  }

  private static boolean orthogonalise(double[] x, double[] y) {
    double xx = dot(x, x);
    double yy = dot(y, y);
    double xy = dot(x, y);
    if (Math.abs(xy) <= 1e-15 * Math.sqrt(xx) * Math.sqrt(yy)) {
      return false;
    }
    double zeta = (yy - xx) / (2 * xy);
    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
    double c = 1 / Math.hypot(1, t);
    for (int i = 0; i < x.length; i++) {
      double xi = x[i];
      x[i] = c * (xi - t * y[i]);
      y[i] = c * (t * xi + y[i]);
    }
    return Math.abs(t) > 1e-16;
  }

  /** Eigenvalues, descending, of a symmetric matrix by cyclic Jacobi rotations. */
  public static double[] symmetricEigenvalues(double[][] matrix) {
    double[][] a = scaled(matrix, 1);
    int n = a.length;
    double size = Math.sqrt(Arrays.stream(a).mapToDouble(row -> dot(row, row)).sum());
    for (int sweep = 0; offDiagonal(a) > 1e-17 * size; sweep++) {
      if (sweep == MOST_SWEEPS) {
        throw new IllegalStateException("Jacobi rotations do not converge");
      }
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          annihilate(a, p, q);
        }
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> a[i][i]);
    return descending(values);
  }

  private static void annihilate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (double[] row : a) {
      double rp = row[p];
      row[p] = c * rp - s * row[q];
      row[q] = s * rp + c * row[q];
    }
    for (int k = 0; k < a.length; k++) {
      double pk = a[p][k];
      a[p][k] = c * pk - s * a[q][k];
      a[q][k] = s * pk + c * a[q][k];
    }
    a[p][q] = 0;
    a[q][p] = 0;
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += i == j ? 0 : a[i][j] * a[i][j];
      }
    }
    return Math.sqrt(sum);
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double[] descending(double[] values) {
    Arrays.sort(values);
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      double swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    return values;
  }
}
