package org.scaleinv.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.scaleinv.tensor.DType;

/** Moves double[][] matrices to an engine and back. */
final class Buffers {
  private Buffers() {}

  static double[] flat(double[][] matrix) {
    int columns = matrix[0].length;
    double[] values = new double[matrix.length * columns];
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(matrix[i], 0, values, i * columns, columns);
    }
    return values;
  }

  static Buffer upload(Engine engine, double[][] matrix) {
    return engine.upload(MemorySegment.ofArray(flat(matrix)), DType.F64, matrix.length, matrix[0].length);
  }

  static double[][] download(Engine engine, Buffer buffer) {
    int rows = Math.toIntExact(buffer.rows());
    int columns = Math.toIntExact(buffer.columns());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) rows * columns);
      engine.download(buffer, host);
      double[] values = host.toArray(ValueLayout.JAVA_DOUBLE);
      double[][] matrix = new double[rows][];
      Arrays.setAll(matrix, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
      return matrix;
    }
  }
}
