package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.commons.math3.linear.RealMatrix;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.engine.cpu.CpuEngine;

/**
 * What holds for the singular values of every matrix, by every solver.
 *
 * <p>Error model: squares of singular values are off by at most p·ε·σ₁², p = 16·(rows + columns), which covers the
 * solver that squares the matrix and the products that the tests form themselves.
 */
class SpectrumPropertiesTest {
  private static final String SEED = "20260101";
  private static final int TRIES = 100;
  private static final CpuEngine ENGINE = new CpuEngine();
  private static final SpectrumReader READER = new StreamedSpectra(ENGINE);

  @AfterContainer
  static void close() {
    ENGINE.close();
  }

  /** Gaussian matrices of all small shapes, of half their rank or all of it, and of scales from 1e-60 to 1e60. */
  @Provide
  Arbitrary<RealMatrix> matrices() {
    return Combinators.combine(
        Arbitraries.integers().between(1, 24), Arbitraries.integers().between(1, 24),
        exponents(), seeds(), Arbitraries.of(true, false))
        .as((rows, columns, exponent, seed, deficient) -> {
          int rank = deficient ? (Math.min(rows, columns) + 1) / 2 : Math.max(rows, columns);
          RealMatrix left = Samples.gaussian(rows, rank, Math.pow(10, exponent), seed);
          return left.multiply(Samples.gaussian(rank, columns, 1, ~seed));
        });
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withoutEdgeCases();
  }

  @Provide
  Arbitrary<Integer> exponents() {
    return Arbitraries.integers().between(-60, 60).withoutEdgeCases();
  }

  @Property(tries = TRIES, seed = SEED)
  void orthogonalMapsFromBothSidesLeaveThemAlone(
      @ForAll("matrices") RealMatrix matrix, @ForAll Solver solver, @ForAll("seeds") long seed) {
    RealMatrix left = Samples.orthogonal(matrix.getRowDimension(), seed);
    RealMatrix right = Samples.orthogonal(matrix.getColumnDimension(), ~seed);
    assertSame(singularValues(matrix, solver), singularValues(left.multiply(matrix).multiply(right), solver), matrix);
  }

  @Property(tries = TRIES, seed = SEED)
  void transpositionLeavesThemAlone(@ForAll("matrices") RealMatrix matrix, @ForAll Solver solver) {
    assertSame(singularValues(matrix, solver), singularValues(matrix.transpose(), solver), matrix);
  }

  @Property(tries = TRIES, seed = SEED)
  void aFactorScalesThemByItsMagnitude(
      @ForAll("matrices") RealMatrix matrix, @ForAll Solver solver, @ForAll("exponents") int exponent) {
    double factor = -1.7 * Math.pow(10, exponent);
    double[] scaled = singularValues(matrix, solver);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= Math.abs(factor);
    }
    assertSame(scaled, singularValues(matrix.scalarMultiply(factor), solver), matrix);
  }

  /** Σσ² = tr WᵀW = ‖W‖_F² and Σσ⁴ = tr (WᵀW)² = ‖WᵀW‖_F². */
  @Property(tries = TRIES, seed = SEED)
  void theirPowersSumToTracesAndFrobeniusNorms(@ForAll("matrices") RealMatrix matrix, @ForAll Solver solver) {
    RealMatrix unit = matrix.scalarMultiply(1 / matrix.getFrobeniusNorm());
    RealMatrix gram = unit.transpose().multiply(unit);
    double squares = 0;
    double fourthPowers = 0;
    for (double value : singularValues(unit, solver)) {
      squares += value * value;
      fourthPowers += Math.pow(value, 4);
    }
    double allowed = roundings(matrix);
    assertEquals(1, squares, allowed);
    assertEquals(gram.getTrace(), squares, allowed);
    assertEquals(Math.pow(gram.getFrobeniusNorm(), 2), fourthPowers, allowed);
  }

  private static double[] singularValues(RealMatrix matrix, Solver solver) {
    return READER.matrix(Samples.stored("w", matrix), solver, 1).values();
  }

  private static void assertSame(double[] expected, double[] found, RealMatrix matrix) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      double before = expected[i] / expected[0];
      double after = found[i] / expected[0];
      assertEquals(before * before, after * after, roundings(matrix), "singular value " + i);
    }
  }

  private static double roundings(RealMatrix matrix) {
    return 16 * (matrix.getRowDimension() + matrix.getColumnDimension()) * Math.ulp(1.0);
  }
}
