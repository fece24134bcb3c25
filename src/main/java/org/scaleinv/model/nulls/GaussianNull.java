package org.scaleinv.model.nulls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SingularSpectrum;
import org.scaleinv.engine.Solver;
import org.scaleinv.tensor.DType;

/**
 * Singular values of matrices with independent standard normal entries, and of products of two such matrices, drawn
 * exactly without the matrices.
 *
 * <p>Each draw is a function of the seed, the shape and its number alone. Safe for use by several threads at once.
 *
 * @param engine decomposes the small matrices
 * @param seed of all draws
 */
public record GaussianNull(Engine engine, long seed) {

  /**
   * A (rows, columns) matrix. Householder reflections from both sides make it bidiagonal with independent entries:
   * χ_N, χ_{N−1}, …, χ_{N−M+1} on the diagonal, χ_{M−1}, …, χ_1 beside it, N the longer side (Silverstein 1985;
   * Dumitriu and Edelman 2002). O(M²) a draw, whatever N.
   */
  public SingularSpectrum matrix(long rows, long columns, int draw) {
    long longSide = Math.max(rows, columns);
    int shortSide = Math.toIntExact(Math.min(rows, columns));
    UniformRandomProvider random = random("gaussian matrix", longSide, shortSide, draw);
    double[] diagonal = new double[shortSide];
    double[] superdiagonal = new double[Math.max(shortSide - 1, 0)];
    for (int i = 0; i < shortSide; i++) {
      diagonal[i] = chi(random, longSide - i);
    }
    for (int i = 0; i < superdiagonal.length; i++) {
      superdiagonal[i] = chi(random, shortSide - 1 - i);
    }
    double[] values = engine.spectra().bidiagonalSingularValues(diagonal, superdiagonal);
    return new SingularSpectrum(values, rows, columns, Solver.QR, 0);
  }

  /**
   * The product of a (left, inner) and an (inner, right) matrix: that of their triangles, which have χ_n, χ_{n−1}, …
   * on the diagonal and standard normal entries above (Bartlett 1933). O(inner³) a draw.
   */
  public SingularSpectrum product(long left, long right, int inner, int draw) {
    UniformRandomProvider random = random("gaussian product", left, right, inner, draw);
    double[][] leftTriangle = triangle(random, left, inner);
    double[][] rightTriangle = triangle(random, right, inner);
    double[] values = singularValues(leftTriangle, rightTriangle, inner);
    double resolution = values.length == 0 ? 0 : values[0] * inner * Math.ulp(1.0);
    return new SingularSpectrum(values, left, right, Solver.QR, resolution);
  }

  private double[] singularValues(double[][] left, double[][] right, int inner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment core = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) left.length * right.length);
      for (int i = 0; i < left.length; i++) {
        for (int j = 0; j < right.length; j++) {
          double sum = 0;
          for (int k = Math.max(i, j); k < inner; k++) {
            sum += left[i][k] * right[j][k];
          }
          core.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * right.length + j, sum);
        }
      }
      try (var buffer = engine.upload(core, DType.F64, left.length, right.length)) {
        return engine.spectra().singularValues(buffer);
      }
    }
  }

  /** The triangle of a (rows, columns) matrix: min(rows, columns) rows. */
  private static double[][] triangle(UniformRandomProvider random, long rows, int columns) {
    var normal = ZigguratSampler.NormalizedGaussian.of(random);
    double[][] triangle = new double[(int) Math.min(rows, columns)][columns];
    for (int i = 0; i < triangle.length; i++) {
      triangle[i][i] = chi(random, rows - i);
      for (int j = i + 1; j < columns; j++) {
        triangle[i][j] = normal.sample();
      }
    }
    return triangle;
  }

  /** The norm of {@code degrees} standard normal numbers. */
  private static double chi(UniformRandomProvider random, long degrees) {
    return Math.sqrt(2 * AhrensDieterMarsagliaTsangGammaSampler.of(random, degrees / 2.0, 1).sample());
  }

  private UniformRandomProvider random(String purpose, long... numbers) {
    return RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, purpose, numbers));
  }
}
