package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.invariant.Outcome;

/**
 * What must leave every invariant alone. The maps change singular values by rounding, about 1e-14 of the largest; the
 * smallest of these matrices is 1e-3 of it, so 1e-9 relative is room enough for logarithms and spacings.
 */
class InvarianceTest {
  private static final double TOLERANCE = 1e-9;

  private static Engine engine;
  private static SpectrumReader reader;

  @BeforeAll
  static void start() {
    engine = new CpuEngine();
    reader = new StreamedSpectra(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "90, 40", "40, 90"})
  void orthogonalMapsLeaveInvariantsAlone(int rows, int columns) {
    RealMatrix weight = heavyTailed(rows, columns, 1);
    RealMatrix mapped = Samples.orthogonal(rows, 2).multiply(weight).multiply(Samples.orthogonal(columns, 3));
    assertSame(spectrum(weight), spectrum(mapped));
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "90, 40"})
  void transpositionLeavesInvariantsAlone(int rows, int columns) {
    RealMatrix weight = heavyTailed(rows, columns, 4);
    assertSame(spectrum(weight), spectrum(weight.transpose()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 0.37, 1e30})
  void scaleLeavesInvariantsAlone(double scale) {
    RealMatrix weight = heavyTailed(60, 40, 5);
    assertSame(spectrum(weight), spectrum(weight.scalarMultiply(scale)));
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "90, 40"})
  void traceAndFrobeniusIdentitiesHold(int rows, int columns) {
    RealMatrix weight = heavyTailed(rows, columns, 6);
    Spectrum spectrum = spectrum(weight);
    double frobenius = Math.pow(weight.getFrobeniusNorm(), 2);
    assertEquals(frobenius, spectrum.frobeniusSquared(), TOLERANCE * frobenius);
    RealMatrix gram = weight.transpose().multiply(weight).scalarMultiply(1.0 / spectrum.longSide());
    double trace = gram.getTrace();
    assertEquals(trace, spectrum.largestEigenvalue() * spectrum.moment(1) * spectrum.size(), TOLERANCE * trace);
    double logDeterminant = Math.log(new LUDecomposition(gram).getDeterminant()) / 40 - Math.log(trace / 40);
    assertEquals(logDeterminant, new LogDeterminant().of(spectrum).value(), TOLERANCE * Math.abs(logDeterminant));
  }

  /** W_Q → W_Q·M, W_K → W_K·M⁻ᵀ changes no model; the basis is one that a spectrum of one factor would notice. */
  @ParameterizedTest
  @CsvSource({"48, 48, 8", "64, 64, 16", "64, 40, 16"})
  void changeOfGaugeLeavesAHeadAlone(int left, int right, int inner) {
    RealMatrix query = Samples.gaussian(left, inner, 0.02, 7);
    RealMatrix key = Samples.gaussian(right, inner, 0.02, 8);
    RealMatrix gauge = Samples.gaussian(inner, inner, 1, 9);
    RealMatrix inverse = new LUDecomposition(gauge).getSolver().getInverse();
    double condition = spectrum(gauge).singularValues()[0] * spectrum(inverse).singularValues()[0];
    assertTrue(condition > 5 && condition < 1e5, "a gauge worth testing has condition " + condition);
    assertSame(product(query, key), product(query.multiply(gauge), key.multiply(inverse.transpose())));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void aProductHasTheSingularValuesOfItsMatrix(int inner) {
    RealMatrix left = Samples.gaussian(48, inner, 1, 10);
    RealMatrix right = Samples.gaussian(64, inner, 1, 11);
    double[] whole = spectrum(left.multiply(right.transpose())).singularValues();
    double[] factored = product(left, right).singularValues();
    assertEquals(inner, factored.length);
    for (int i = 0; i < inner; i++) {
      assertEquals(whole[i], factored[i], TOLERANCE * whole[0]);
    }
  }

  private static void assertSame(Spectrum expected, Spectrum found) {
    List<SpectralInvariant> invariants = SpectralFamily.of(expected);
    for (SpectralInvariant invariant : invariants) {
      Outcome before = invariant.of(expected);
      Outcome after = invariant.of(found);
      String what = invariant.info().id() + ": " + before + " then " + after;
      assertEquals(before.applicable(), after.applicable(), what);
      if (before.applicable()) {
        assertEquals(before.value(), after.value(), TOLERANCE * Math.max(1, Math.abs(before.value())), what);
      }
    }
    assertTrue(invariants.stream().filter(invariant -> invariant.of(expected).applicable()).count() >= 10);
  }

  private static Spectrum spectrum(RealMatrix matrix) {
    return Spectrum.ofMatrix(reader.matrix(Samples.stored("w", matrix), Solver.QR, 1));
  }

  private static Spectrum product(RealMatrix left, RealMatrix right) {
    return Spectrum.ofProduct(
        reader.product(Samples.stored("left", left), false, Samples.stored("right", right), false));
  }

  /** Noise on top of a spectrum σ_i = 10/(i+1), so that every invariant has something to see. */
  private static RealMatrix heavyTailed(int rows, int columns, long seed) {
    int size = Math.min(rows, columns);
    RealMatrix left = Samples.orthogonal(rows, seed + 100).getSubMatrix(0, rows - 1, 0, size - 1);
    RealMatrix right = Samples.orthogonal(columns, seed + 200).getSubMatrix(0, columns - 1, 0, size - 1);
    double[] values = new double[size];
    Arrays.setAll(values, i -> 10.0 / (i + 1));
    RealMatrix diagonal = MatrixUtils.createRealDiagonalMatrix(values);
    return left.multiply(diagonal).multiply(right.transpose()).add(Samples.gaussian(rows, columns, 0.1, seed));
  }
}
