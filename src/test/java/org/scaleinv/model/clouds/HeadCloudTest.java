package org.scaleinv.model.clouds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.model.clouds.Cloud.Sample;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class HeadCloudTest {
  private static final Engine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private record Head(RealMatrix left, RealMatrix right) {
    static Head random(int outer, int inner, long seed) {
      return new Head(matrix(outer, inner, seed), matrix(outer + 1, inner, seed + 1000));
    }

    private static RealMatrix matrix(int rows, int columns, long seed) {
      double[] values = TestClouds.gaussian(rows, columns, 0, 1, seed);
      RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
      for (int i = 0; i < values.length; i++) {
        matrix.setEntry(i / columns, i % columns, values[i]);
      }
      return matrix;
    }

    RealMatrix product() {
      return left.multiply(right.transpose());
    }

    Head inBasis(RealMatrix basis) {
      RealMatrix inverse = new LUDecomposition(basis).getSolver().getInverse();
      return new Head(left.multiply(basis), right.multiply(inverse.transpose()));
    }

    HeadCircuit circuit(int number, boolean transposed) {
      return new HeadCircuit(
          "h.0.head." + number + ".ov", "attention.ov", 0, number, factor(left, transposed),
          factor(right, !transposed));
    }

    private static Factor factor(RealMatrix matrix, boolean transposed) {
      RealMatrix stored = transposed ? matrix.transpose() : matrix;
      double[] values = Arrays.stream(stored.getData()).flatMapToDouble(Arrays::stream).toArray();
      Shape shape = Shape.of(stored.getRowDimension(), stored.getColumnDimension());
      return new Factor(Matrix.of(Tensor.of("w", DType.F64, shape, MemorySegment.ofArray(values))), transposed);
    }
  }

  private static List<Head> heads(int count, int outer, int inner) {
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      heads.add(Head.random(outer, inner, i));
    }
    return heads;
  }

  /** Below 2048 columns one triangle of each of two Gram matrices; of 300 heads 256 count. */
  @ParameterizedTest
  @CsvSource({"30, 12, 3, 202500", "30, 12, 6, 810000", "300, 12, 3, 14745600"})
  void theirGramMatricesAreCounted(int count, int outer, int inner, double flops) {
    List<HeadCircuit> circuits = new ArrayList<>();
    Head head = Head.random(outer, inner, 1);
    for (int i = 0; i < count; i++) {
      circuits.add(head.circuit(i, false));
    }
    HeadCloud cloud = new HeadCloud("attention.ov", circuits);
    assertEquals(flops, cloud.flops());
    long order = (long) Math.sqrt(flops / (2 * outer + 1));
    assertEquals(8 * (4 * order * order + 2 * order * (2 * outer + 1)), cloud.bytes());
  }

  private static Sample sample(List<Head> heads, boolean transposed) {
    List<HeadCircuit> circuits = new ArrayList<>();
    heads.forEach(head -> circuits.add(head.circuit(circuits.size(), transposed)));
    return new HeadCloud("attention.ov", circuits).sample(ENGINE, heads.size(), 3, 1);
  }

  /** One block of heads, and more than one: 2,048 columns are 16 heads of width 128. */
  @ParameterizedTest
  @CsvSource({"7, 9, 4, false", "7, 9, 4, true", "19, 5, 128, false"})
  void distancesAreThoseOfTheProducts(int count, int outer, int inner, boolean transposed) {
    List<Head> heads = heads(count, outer, inner);
    Sample sample = sample(heads, transposed);
    assertEquals(count, sample.points().points());
    float[] distances = TestClouds.distances(sample.points());
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        RealMatrix difference =
            heads.get(sample.chosen()[i]).product().subtract(heads.get(sample.chosen()[j]).product());
        double expected = difference.getFrobeniusNorm();
        assertEquals(expected, distances[i * count + j], 1e-5 * expected);
      }
    }
  }

  @Test
  void aBasisInsideAHeadIsNoPartOfIt() {
    List<Head> heads = heads(6, 10, 3);
    List<Head> turned = new ArrayList<>();
    for (Head head : heads) {
      turned.add(head.inBasis(Head.matrix(3, 3, 77 + turned.size())));
    }
    float[] expected = TestClouds.distances(sample(heads, false).points());
    float[] found = TestClouds.distances(sample(turned, false).points());
    assertArrayEquals(expected, found, 1e-4f);
  }
}
