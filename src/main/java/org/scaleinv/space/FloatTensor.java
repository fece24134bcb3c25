package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/**
 * A tensor of real numbers as one of F32, each rounded to nearest; read piece by piece.
 *
 * @param finite whether every number has to be
 */
record FloatTensor(Tensor source, String origin, boolean finite) implements Tensor {
  private static final int PIECE = 1 << 15;

  /** @throws BadInput for a type whose elements are no real numbers of 16 bits and more, or integers */
  static Tensor of(Tensor source, String name) {
    requireReal(source, name);
    return source.dtype() == DType.F32 ? source : new FloatTensor(source, name, false);
  }

  /** The same, refusing what is not finite. */
  static Tensor finite(Tensor source, String name) {
    requireReal(source, name);
    return new FloatTensor(source, name, true);
  }

  private static void requireReal(Tensor source, String name) {
    switch (source.dtype()) {
      case BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 -> {
      }
      default -> throw new BadInput(
          "element-type", name + ": expected real numbers of 16 bits or more, or integers, found elements of type "
              + source.dtype());
    }
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public DType dtype() {
    return DType.F32;
  }

  @Override
  public Shape shape() {
    return source.shape();
  }

  @Override
  public void read(long byteOffset, MemorySegment destination) {
    int size = source.dtype().bytes();
    long first = byteOffset / Float.BYTES;
    long count = destination.byteSize() / Float.BYTES;
    int most = (int) Math.min(PIECE, count);
    byte[] bytes = new byte[most * size];
    float[] floats = new float[most];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long done = 0; done < count; done += most) {
      int piece = (int) Math.min(most, count - done);
      source.read((first + done) * size, MemorySegment.ofArray(bytes).asSlice(0, (long) piece * size));
      convert(buffer, floats, piece, first + done);
      check(floats, piece, first + done);
      MemorySegment.copy(
          floats, 0, destination, ValueLayout.JAVA_FLOAT_UNALIGNED, done * Float.BYTES, piece);
    }
  }

  private void convert(ByteBuffer from, float[] to, int count, long first) {
    switch (source.dtype()) {
      case F32 -> from.asFloatBuffer().get(to, 0, count);
      case F64 -> convertDoubles(from, to, count, first);
      default -> {
        for (int i = 0; i < count; i++) {
          to[i] = element(from, i);
        }
      }
    }
  }

  private void convertDoubles(ByteBuffer from, float[] to, int count, long first) {
    double[] doubles = new double[count];
    from.asDoubleBuffer().get(doubles, 0, count);
    for (int i = 0; i < count; i++) {
      to[i] = (float) doubles[i];
      if (Float.isInfinite(to[i]) && !Double.isInfinite(doubles[i])) {
        throw new BadInput(
            "range", place(first + i) + "expected a number that a 32-bit float holds, found " + doubles[i]);
      }
    }
  }

  private float element(ByteBuffer from, int index) {
    return switch (source.dtype()) {
      case BOOL, U8 -> from.get(index) & 0xff;
      case I8 -> from.get(index);
      case U16 -> from.getShort(2 * index) & 0xffff;
      case I16 -> from.getShort(2 * index);
      case F16 -> Float.float16ToFloat(from.getShort(2 * index));
      case BF16 -> Float.intBitsToFloat(from.getShort(2 * index) << 16);
      case U32 -> from.getInt(4 * index) & 0xffffffffL;
      case I32 -> from.getInt(4 * index);
      case I64 -> from.getLong(8 * index);
      case U64 -> unsigned(from.getLong(8 * index));
      default -> throw new IllegalStateException("no real number: " + source.dtype());
    };
  }

  /** Halved with its last bit kept, so that rounding goes the right way. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2 * (float) (bits >>> 1 | bits & 1);
  }

  private void check(float[] floats, int count, long first) {
    if (!finite) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(floats[i]) <= Float.MAX_VALUE)) {
        throw new BadInput(
            "infinite-coordinate", place(first + i) + "expected a finite coordinate, found " + floats[i]);
      }
    }
  }

  private String place(long index) {
    long columns = shape().extent(shape().rank() - 1);
    String place = shape().rank() == 1 ? "entry " + index : "entry (" + index / columns + ", " + index % columns + ")";
    return origin + ": " + place + ", from 0: ";
  }
}
