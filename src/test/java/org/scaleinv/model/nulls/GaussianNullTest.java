package org.scaleinv.model.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SingularSpectrum;
import org.scaleinv.engine.cpu.CpuEngine;

/**
 * Draws without the matrix have the distribution of those with it: every singular value's mean over the draws lies
 * within 4.5 standard errors of the other's, 3.4e-6 each by chance.
 */
class GaussianNullTest {
  private static final long SEED = 11;
  private static final int DRAWS = 1_500;

  private static Engine engine;

  @BeforeAll
  static void start() {
    engine = new CpuEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "20, 8", "5, 12", "9, 1"})
  void bidiagonalDrawsAreThoseOfGaussianMatrices(int rows, int columns) {
    GaussianNull source = new GaussianNull(engine, SEED);
    double[][] drawn = new double[DRAWS][];
    double[][] direct = new double[DRAWS][];
    for (int draw = 0; draw < DRAWS; draw++) {
      drawn[draw] = source.matrix(rows, columns, draw).values();
      direct[draw] = singularValues(gaussian(rows, columns, draw));
    }
    assertSameMeans(direct, drawn);
  }

  @ParameterizedTest
  @CsvSource({"16, 16, 4", "12, 20, 6", "5, 9, 7"})
  void triangularDrawsAreThoseOfGaussianProducts(int left, int right, int inner) {
    GaussianNull source = new GaussianNull(engine, SEED);
    double[][] drawn = new double[DRAWS][];
    double[][] direct = new double[DRAWS][];
    int rank = Math.min(inner, Math.min(left, right));
    for (int draw = 0; draw < DRAWS; draw++) {
      drawn[draw] = source.product(left, right, inner, draw).values();
      RealMatrix product = gaussian(left, inner, draw).multiply(gaussian(inner, right, ~draw));
      direct[draw] = Arrays.copyOf(singularValues(product), rank);
    }
    assertSameMeans(direct, drawn);
  }

  @Test
  void aDrawOfAProductIsAFunctionOfItsSeedShapeAndNumber() {
    SingularSpectrum first = new GaussianNull(engine, SEED).product(16, 12, 4, 3);
    assertArrayEquals(first.values(), new GaussianNull(engine, SEED).product(16, 12, 4, 3).values());
    assertFalse(Arrays.equals(first.values(), new GaussianNull(engine, SEED).product(16, 12, 4, 4).values()));
    assertFalse(Arrays.equals(first.values(), new GaussianNull(engine, SEED).product(12, 16, 4, 3).values()));
    assertFalse(Arrays.equals(first.values(), new GaussianNull(engine, SEED + 1).product(16, 12, 4, 3).values()));
    assertEquals(16, first.rows());
    assertEquals(12, first.columns());
  }

  private static void assertSameMeans(double[][] expected, double[][] found) {
    for (int i = 0; i < expected[0].length; i++) {
      int index = i;
      double[] left = Arrays.stream(expected).mapToDouble(values -> values[index]).toArray();
      double[] right = Arrays.stream(found).mapToDouble(values -> values[index]).toArray();
      double error = Math.sqrt((variance(left) + variance(right)) / DRAWS);
      assertEquals(mean(left), mean(right), 4.5 * error, "singular value " + i + ", seed " + SEED);
      // a variance of near-normal values scatters by √(2/draws) of itself: 4.5 of those, both sides
      assertEquals(1, variance(right) / variance(left), 4.5 * Math.sqrt(4.0 / DRAWS), "variance of value " + i);
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (values.length - 1);
  }

  private static RealMatrix gaussian(int rows, int columns, long seed) {
    var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
    RealMatrix matrix = MatrixUtils.createRealMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.setEntry(i, j, normal.sample());
      }
    }
    return matrix;
  }

  private static double[] singularValues(RealMatrix matrix) {
    return new SingularValueDecomposition(matrix).getSingularValues();
  }
}
