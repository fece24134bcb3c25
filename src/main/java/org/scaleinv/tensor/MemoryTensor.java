package org.scaleinv.tensor;

import java.lang.foreign.MemorySegment;

/** A tensor whose bytes are in memory. */
record MemoryTensor(String name, DType dtype, Shape shape, MemorySegment bytes) implements Tensor {
  MemoryTensor {
    long expected = Math.multiplyExact(shape.size(), (long) dtype.bits()) / 8;
    if (bytes.byteSize() != expected) {
      throw new IllegalArgumentException(
          "tensor " + name + " of shape " + shape + " needs " + expected + " bytes, got " + bytes.byteSize());
    }
  }

  @Override
  public String origin() {
    return "memory";
  }

  @Override
  public void read(long byteOffset, MemorySegment destination) {
    MemorySegment.copy(bytes, byteOffset, destination, 0, destination.byteSize());
  }
}
