package org.scaleinv.invariant.topology;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Neurons;
import org.scaleinv.model.WeightMatrix;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** Models in memory: a token embedding, and hidden units of some layers. */
final class CloudModels {
  private CloudModels() {}

  /** A model of which only the embedding is known, (values.length / width, width). */
  static Checkpoint embedding(int width, double[] values) {
    return checkpoint(List.of(weight("wte", "embedding.token", null, width, values)), List.of());
  }

  /** Hidden units in the rows or columns of their layers' matrices, independent Gaussian weights. */
  static Checkpoint neurons(int units, int width, int layers, boolean inColumns) {
    List<Neurons> neurons = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      double[] rows = gaussian(units, width, 0, 1, 50 + layer);
      double[] stored = inColumns ? transposed(rows, width) : rows;
      String name = "h." + layer + ".mlp.in";
      neurons.add(new Neurons(weight(name, "mlp.in", layer, inColumns ? units : width, stored), inColumns));
    }
    return checkpoint(List.of(), neurons);
  }

  /** A layer of experts, (experts, units, width). */
  static Checkpoint experts(String tensor, int experts, int units, int width) {
    Tensor stack = Tensor.of(
        tensor, DType.F64, Shape.of(experts, units, width),
        MemorySegment.ofArray(gaussian(experts * units, width, 0, 1, 60)));
    List<WeightMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < experts; i++) {
      Matrix matrix = Matrix.window(stack, (long) i * units * width, units, width, width);
      matrices.add(new WeightMatrix(tensor + "[" + i + "]", "mlp.out", 0, matrix));
    }
    return checkpoint(matrices, List.of());
  }

  /** Points evenly along a circle in the plane of two fixed directions. */
  static double[] circle(int points, int width, double radius) {
    double[] values = new double[points * width];
    for (int i = 0; i < points; i++) {
      for (int k = 0; k < width; k++) {
        double angle = 2 * Math.PI * i / points;
        double sign = k % 2 == 0 ? 1 : -1;
        values[i * width + k] = radius * (Math.cos(angle) + sign * Math.sin(angle)) / Math.sqrt(width);
      }
    }
    return values;
  }

  static double[] gaussian(int points, int width, double centre, double deviation, long seed) {
    Random random = new Random(seed);
    double[] values = new double[points * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = centre + deviation * random.nextGaussian();
    }
    return values;
  }

  static double[] joined(double[] first, double[] second) {
    double[] both = new double[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static double[] transposed(double[] rows, int width) {
    int count = rows.length / width;
    double[] columns = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      columns[i % width * count + i / width] = rows[i];
    }
    return columns;
  }

  private static WeightMatrix weight(String name, String role, Integer layer, int columns, double[] values) {
    Shape shape = Shape.of(values.length / columns, columns);
    return new WeightMatrix(
        name, role, layer, Matrix.of(Tensor.of(name, DType.F64, shape, MemorySegment.ofArray(values))));
  }

  private static Checkpoint checkpoint(List<WeightMatrix> matrices, List<Neurons> neurons) {
    return new Checkpoint(
        "clouds", Path.of("memory"), "unknown", 0, 0, null, null, null, new TreeMap<>(), matrices, List.of(), neurons,
        List.of());
  }
}
