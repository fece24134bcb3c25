package org.scaleinv.model.clouds;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;

/** Reads some rows or some columns of a matrix as points. */
final class PointReader {
  /** Bytes of rows that are read at a time when columns are wanted. */
  private static final long PANEL = 8L << 20;

  private PointReader() {}

  /**
   * @param chosen rows, or columns, in the order in which they become points
   * @throws BadInput rule "dtype-not-measured" for a type that does not widen, "non-finite" when a coordinate is NaN or
   *     infinite
   */
  static PointCloud read(Engine engine, Matrix matrix, boolean columns, int[] chosen) {
    if (!matrix.dtype().widens()) {
      throw new BadInput(
          "dtype-not-measured", place(matrix) + ": dtype " + matrix.dtype() + ", expected one that widens to F64");
    }
    int coordinates = Math.toIntExact(columns ? matrix.rows() : matrix.columns());
    try (Arena arena = Arena.ofShared()) {
      long bytes = (long) chosen.length * coordinates * matrix.dtype().bytes();
      MemorySegment stored = arena.allocate(bytes, Long.BYTES);
      if (columns) {
        readColumns(matrix, chosen, arena, stored);
      } else {
        readRows(matrix, chosen, stored);
      }
      double[] values = widened(engine, stored, matrix.dtype(), chosen.length, coordinates, arena);
      requireFinite(values, matrix);
      return new PointCloud(chosen.length, coordinates, values);
    }
  }

  private static void readRows(Matrix matrix, int[] chosen, MemorySegment stored) {
    long width = matrix.columns() * matrix.dtype().bytes();
    for (int i = 0; i < chosen.length; i++) {
      matrix.read(new Panel(chosen[i], 1, 0, matrix.columns()), stored.asSlice(i * width, width));
    }
  }

  private static void readColumns(Matrix matrix, int[] chosen, Arena arena, MemorySegment stored) {
    long size = matrix.dtype().bytes();
    long width = matrix.columns() * size;
    long step = Math.clamp(PANEL / width, 1, matrix.rows());
    MemorySegment panel = arena.allocate(step * width, Long.BYTES);
    for (long from = 0; from < matrix.rows(); from += step) {
      long rows = Math.min(step, matrix.rows() - from);
      matrix.read(new Panel(from, rows, 0, matrix.columns()), panel.asSlice(0, rows * width));
      for (int i = 0; i < chosen.length; i++) {
        for (long row = 0; row < rows; row++) {
          long to = (i * matrix.rows() + from + row) * size;
          MemorySegment.copy(panel, row * width + chosen[i] * size, stored, to, size);
        }
      }
    }
  }

  private static double[] widened(
      Engine engine, MemorySegment stored, DType dtype, int rows, int columns, Arena arena) {
    MemorySegment doubles = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) rows * columns);
    try (Buffer packed = engine.upload(stored, dtype, rows, columns)) {
      if (dtype == DType.F64) {
        engine.download(packed, doubles);
      } else {
        try (Buffer wide = engine.widening().widen(packed, DType.F64)) {
          engine.download(wide, doubles);
        }
      }
    }
    return doubles.toArray(ValueLayout.JAVA_DOUBLE);
  }

  private static void requireFinite(double[] values, Matrix matrix) {
    int bad = 0;
    for (double value : values) {
      bad += Double.isFinite(value) ? 0 : 1;
    }
    if (bad > 0) {
      throw new BadInput(
          "non-finite",
          place(matrix) + ": " + bad + " of the " + values.length
              + " entries that are points are NaN or infinite, expected finite numbers");
    }
  }

  private static String place(Matrix matrix) {
    return Escape.visible(matrix.tensor().origin()) + ": tensor " + Escape.quoted(matrix.tensor().name());
  }
}
