package org.scaleinv.tensor;

import java.lang.foreign.MemorySegment;

/**
 * A named tensor whose bytes (row-major, little-endian) can be had in any order, from a file or from memory.
 *
 * <p>Safe for use by several threads at once.
 */
public interface Tensor {
  String name();

  DType dtype();

  Shape shape();

  /** Size of all elements in bytes. */
  default long byteSize() {
    return Math.multiplyExact(shape().size(), (long) dtype().bits()) / 8;
  }

  /** Where the tensor comes from, for error messages: a file's path, "memory". */
  String origin();

  /**
   * Fills {@code destination} with the tensor's bytes from {@code byteOffset} on.
   *
   * @throws org.scaleinv.error.BadInput when the source no longer holds those bytes
   */
  void read(long byteOffset, MemorySegment destination);

  /** A tensor over memory that the caller keeps alive; the segment holds exactly the elements. */
  static Tensor of(String name, DType dtype, Shape shape, MemorySegment bytes) {
    return new MemoryTensor(name, dtype, shape, bytes);
  }
}
