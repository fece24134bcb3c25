package org.scaleinv.space;

import org.scaleinv.engine.Packing;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.Shape;

/** What an array of a binary file can be. */
final class Shapes {
  private Shapes() {}

  static long pointsOfTriangle(long entries) {
    return Packing.pointsOfTriangle(entries);
  }

  /**
   * The form that was asked for, or that the shape alone allows.
   *
   * @param source for messages, safe to print
   * @param zeroDiagonal whether a square array has zeros on its diagonal
   */
  static Form form(String source, Shape shape, InputFormat format, boolean zeroDiagonal) {
    return switch (format) {
      case AUTO -> guess(source, shape, zeroDiagonal);
      case POINT_CLOUD -> table(source, shape, Form.POINTS);
      case DISTANCE -> square(source, shape);
      case LOWER_DISTANCE -> triangle(source, shape, Form.LOWER);
      case UPPER_DISTANCE -> triangle(source, shape, Form.UPPER);
      case SPARSE, DIPHA, BINARY -> throw new BadInput(
          "wrong-format", source + ": expected the format " + format + ", found an array of shape " + shape);
    };
  }

  static boolean isSquare(Shape shape) {
    return shape.rank() == 2 && shape.extent(0) == shape.extent(1);
  }

  private static Form guess(String source, Shape shape, boolean zeroDiagonal) {
    if (shape.rank() == 1) {
      throw new BadInput(
          "one-dimension",
          source + ": expected a table, found an array of shape " + shape + "; a triangle of distances needs "
              + "--input-format lower-distance or upper-distance");
    }
    return zeroDiagonal && isSquare(shape) ? Form.SQUARE : table(source, shape, Form.POINTS);
  }

  private static Form table(String source, Shape shape, Form form) {
    if (shape.rank() != 2) {
      throw new BadInput("not-a-table", source + ": expected an array of 2 dimensions, found shape " + shape);
    }
    if (shape.extent(1) == 0) {
      throw new BadInput("no-coordinates", source + ": expected a coordinate of each point, found shape " + shape);
    }
    return form;
  }

  private static Form square(String source, Shape shape) {
    if (!isSquare(shape)) {
      throw new BadInput(
          "not-square",
          source + ": expected as many rows as columns in a distance matrix, found an array of shape " + shape);
    }
    return Form.SQUARE;
  }

  private static Form triangle(String source, Shape shape, Form form) {
    if (shape.rank() != 1 || pointsOfTriangle(shape.size()) < 0) {
      throw new BadInput(
          "not-a-triangle",
          source + ": expected a triangle, one dimension of n(n - 1)/2 numbers, found an array of shape " + shape);
    }
    return form;
  }
}
