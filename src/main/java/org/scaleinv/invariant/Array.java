package org.scaleinv.invariant;

import org.scaleinv.tensor.Shape;

/**
 * Numbers that stand in arrays.safetensors.
 *
 * @param values row-major, as many as the shape has elements
 */
public record Array(Shape shape, double[] values) {
  public Array {
    if (shape.size() != values.length) {
      throw new IllegalArgumentException("shape " + shape + " of " + values.length + " values");
    }
  }

  /** An array of rank 1. */
  public static Array of(double... values) {
    return new Array(Shape.of(values.length), values);
  }

  /** An array of rank 2. */
  public static Array table(long columns, double... values) {
    return new Array(Shape.of(values.length / columns, columns), values);
  }
}
