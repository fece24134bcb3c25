package org.scaleinv.safetensors;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** A tensor whose bytes stay in its file until they are asked for. */
record FileTensor(PositionedFile file, TensorEntry entry, long dataStart) implements Tensor {
  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public DType dtype() {
    return entry.dtype();
  }

  @Override
  public Shape shape() {
    return entry.shape();
  }

  @Override
  public String origin() {
    return file.path().toString();
  }

  @Override
  public void read(long byteOffset, MemorySegment destination) {
    long count = destination.byteSize();
    Objects.checkFromIndexSize(byteOffset, count, entry.bytes());
    long got = file.read(dataStart + entry.begin() + byteOffset, destination);
    if (got < count) {
      throw new BadInput(
          SafetensorsFile.TRUNCATED,
          file.name() + ": tensor " + Escape.quoted(name()) + ": expected " + count + " bytes at byte " + byteOffset
              + " of the tensor, found " + got + "; the file was cut short while it was open");
    }
  }
}
