package org.scaleinv.run.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.engine.Metric;
import org.scaleinv.tensor.DType;

/** What is counted, beside numbers counted by hand. */
class CostTest {
  static Stream<Arguments> byHand() {
    return Stream.of(
        // ten floats read, ten written
        Arguments.of(MemoryOperations.upload(10), 80, 0),
        Arguments.of(MemoryOperations.upload(1000), 8000, 0),
        Arguments.of(MemoryOperations.download(10), 80, 0),
        Arguments.of(MemoryOperations.download(1000), 8000, 0),
        // 2 + 4, 1 + 4 and 4 + 8 bytes an element
        Arguments.of(MemoryOperations.widen(DType.BF16, DType.F32, 100), 600, 0),
        Arguments.of(MemoryOperations.widen(DType.F8_E4M3, DType.F32, 100), 500, 0),
        Arguments.of(MemoryOperations.widen(DType.F32, DType.F64, 7), 84, 0),
        Arguments.of(CeilingOperations.copy(4096), 8192, 0),
        Arguments.of(CeilingOperations.copy(100), 200, 0),
        // a dot product of 3 pairs for each of 9 entries; of 10 for each of 100
        Arguments.of(CeilingOperations.product(DType.F64, 3), 3 * 9 * 8, 54),
        Arguments.of(CeilingOperations.product(DType.F32, 10), 3 * 100 * 4, 2000),
        // the 3 entries on and below the diagonal: 5 pairs each; 10 doubles read, 3 read and written
        Arguments.of(SpectraOperations.gram(2, 5), 10 * 8 + 3 * 16, 30),
        Arguments.of(SpectraOperations.gram(3, 4), 12 * 8 + 6 * 16, 48),
        // 4·27/3 and 4·216/3; 6 and 21 entries read, 3 and 6 values written
        Arguments.of(SpectraOperations.eigenvalues(3), 9 * 8, 36),
        Arguments.of(SpectraOperations.eigenvalues(6), 27 * 8, 288),
        // 4·6·9 − 4·27/3 = 180; 4·3·9 − 36 = 72 for each of 5
        Arguments.of(SpectraOperations.singularValues(1, 6, 3), (18 + 3) * 8, 180),
        Arguments.of(SpectraOperations.singularValues(5, 3, 3), 5 * (9 + 3) * 8, 360),
        // 14·6·9 + 8·27 and 14·8 + 8·8; the matrix, the values and both factors
        Arguments.of(SpectraOperations.singularVectors(6, 3), (18 + 3 + 18 + 9) * 8, 972),
        Arguments.of(SpectraOperations.singularVectors(2, 2), (4 + 2 + 4 + 4) * 8, 176),
        // 2·6·9 for each of 2; 18 entries read, 6 of the triangle read and written
        Arguments.of(TriangleOperations.accumulate(2, 6, 3), 2 * (18 + 12) * 8, 216),
        Arguments.of(TriangleOperations.accumulate(1, 10, 2), (20 + 6) * 8, 80),
        // 2·27/3 and 2·216/3; two triangles of 6 and 21 entries read, 9 and 36 written
        Arguments.of(TriangleOperations.product(4, 3), 4 * (12 + 9) * 8, 4 * 18),
        Arguments.of(TriangleOperations.product(1, 6), (42 + 36) * 8, 144),
        Arguments.of(TriangleOperations.norm(3, 10), 240, 60),
        Arguments.of(TriangleOperations.norm(1, 7), 56, 14),
        // 3 pairs of 4 coordinates, 10 pairs of 2; two operations a coordinate
        Arguments.of(DistanceOperations.all(Metric.EUCLIDEAN, 3, 4), (12 + 9) * 4, 24),
        Arguments.of(DistanceOperations.all(Metric.CHEBYSHEV, 5, 2), (10 + 25) * 4, 40),
        Arguments.of(CorrelationOperations.standardise(3, 4), 2 * 12 * 4, 0),
        Arguments.of(CorrelationOperations.standardise(5, 10), 2 * 50 * 4, 0),
        // the same pairs; n² correlations, or a number and a correlation for each of n
        Arguments.of(CorrelationOperations.matrix(3, 4), (12 + 9) * 4, 24),
        Arguments.of(CorrelationOperations.matrix(5, 2), (10 + 25) * 4, 40),
        Arguments.of(CorrelationOperations.bestPartners(3, 4), (12 + 6) * 4, 24),
        Arguments.of(CorrelationOperations.bestPartners(5, 2), (10 + 10) * 4, 40),
        // 16 and 81 points
        Arguments.of(PersistenceOperations.dense(4, 1), 16 * 16 * 4, 0),
        Arguments.of(PersistenceOperations.dense(9, 2), 81 * 81 * 4, 0));
  }

  @ParameterizedTest
  @MethodSource("byHand")
  void bytesAndFlopAreThoseCountedByHand(Operation operation, double bytes, double flops) {
    assertEquals(bytes, operation.cost().bytes(), operation.name());
    assertEquals(flops, operation.cost().flops(), 1e-12 * flops, operation.name());
  }
}
