package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import org.scaleinv.error.BadInput;
import org.scaleinv.safetensors.PositionedFile;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** An array that lies in a file from some byte on, row-major and little-endian. */
record StoredTensor(PositionedFile file, long start, DType dtype, Shape shape) implements Tensor {
  @Override
  public String name() {
    return "array";
  }

  @Override
  public String origin() {
    return file.name();
  }

  @Override
  public void read(long byteOffset, MemorySegment destination) {
    long got = file.read(start + byteOffset, destination);
    if (got < destination.byteSize()) {
      throw new BadInput(
          "truncated", file.name() + ": expected " + file.length() + " bytes, found "
              + (start + byteOffset + got) + "; the file was cut short while it was open");
    }
  }
}
