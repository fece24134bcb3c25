package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** A matrix of floats that lies column by column; read whole, and kept until it is turned. */
final class TransposedTensor implements Tensor {
  private final Tensor columns;
  private final long rows;
  private final long width;
  private float[] turned;

  /** @param columns F32, (columns, rows) */
  TransposedTensor(Tensor columns) {
    this.columns = columns;
    this.width = columns.shape().extent(0);
    this.rows = columns.shape().extent(1);
    if (rows * width > Integer.MAX_VALUE - 8L) {
      throw new BadInput(
          "fortran-order", columns.origin() + ": expected rows one after the other (C order) in an array of more than "
              + "2147483639 numbers, found columns");
    }
  }

  private synchronized float[] turned() {
    if (turned == null) {
      float[] source = new float[(int) (rows * width)];
      columns.read(0, MemorySegment.ofArray(source));
      turned = new float[source.length];
      for (int r = 0, place = 0; r < rows; r++) {
        for (int c = 0; c < width; c++) {
          turned[place++] = source[(int) (c * rows + r)];
        }
      }
    }
    return turned;
  }

  @Override
  public String name() {
    return columns.name();
  }

  @Override
  public DType dtype() {
    return DType.F32;
  }

  @Override
  public Shape shape() {
    return Shape.of(rows, width);
  }

  @Override
  public String origin() {
    return columns.origin();
  }

  @Override
  public void read(long byteOffset, MemorySegment destination) {
    Objects.checkFromIndexSize(byteOffset, destination.byteSize(), byteSize());
    int count = (int) (destination.byteSize() / Float.BYTES);
    MemorySegment.copy(
        turned(), (int) (byteOffset / Float.BYTES), destination, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, count);
  }
}
