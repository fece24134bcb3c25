package org.scaleinv.tensor;

import java.util.Arrays;

/** The extents of a tensor, slowest first; the empty shape is a scalar of one element. */
public final class Shape {
  private final long[] extents;

  private Shape(long[] extents) {
    this.extents = extents;
  }

  /**
   * @throws IllegalArgumentException for a negative extent
   * @throws ArithmeticException when the product of the extents (zeros left out) passes 2^63 − 1
   */
  public static Shape of(long... extents) {
    long product = 1;
    for (long extent : extents) {
      if (extent < 0) {
        throw new IllegalArgumentException("negative extent " + extent);
      }
      product = Math.multiplyExact(product, Math.max(extent, 1));
    }
    return new Shape(extents.clone());
  }

  public int rank() {
    return extents.length;
  }

  public long extent(int axis) {
    return extents[axis];
  }

  /** Number of elements. */
  public long size() {
    long product = 1;
    for (long extent : extents) {
      product *= extent;
    }
    return product;
  }

  public long[] toArray() {
    return extents.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
