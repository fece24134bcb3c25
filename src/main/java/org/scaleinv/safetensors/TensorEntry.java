package org.scaleinv.safetensors;

import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;

/** One tensor of a header; {@code begin} and {@code end} count bytes from the first byte after the header. */
record TensorEntry(String name, DType dtype, Shape shape, long begin, long end) {
  long bytes() {
    return end - begin;
  }
}
