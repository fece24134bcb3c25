package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** Floats whose number is not known beforehand, in pieces, so that none is copied when they become more. */
final class FloatList {
  private static final int PIECE = 1 << 18;

  private final List<float[]> pieces = new ArrayList<>();
  private float[] last = new float[0];
  private int used;

  void add(float value) {
    if (used == last.length) {
      last = new float[pieces.isEmpty() ? PIECE / 64 : PIECE];
      pieces.add(last);
      used = 0;
    }
    last[used++] = value;
  }

  long size() {
    return pieces.isEmpty() ? 0 : start(pieces.size() - 1) + used;
  }

  float get(long index) {
    int piece = piece(index);
    return pieces.get(piece)[(int) (index - start(piece))];
  }

  private static long start(int piece) {
    return piece == 0 ? 0 : PIECE / 64 + (piece - 1L) * PIECE;
  }

  private static int piece(long index) {
    return index < PIECE / 64 ? 0 : (int) (1 + (index - PIECE / 64) / PIECE);
  }

  /** The floats as a tensor of as many elements. */
  Tensor asTensor(String origin, Shape shape) {
    return new Floats(this, origin, shape);
  }

  private record Floats(FloatList list, String origin, Shape shape) implements Tensor {
    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public DType dtype() {
      return DType.F32;
    }

    @Override
    public void read(long byteOffset, MemorySegment destination) {
      long index = byteOffset / Float.BYTES;
      long end = index + destination.byteSize() / Float.BYTES;
      long done = 0;
      while (index < end) {
        int piece = piece(index);
        float[] source = list.pieces.get(piece);
        int from = (int) (index - start(piece));
        int count = (int) Math.min(source.length - from, end - index);
        MemorySegment.copy(source, from, destination, ValueLayout.JAVA_FLOAT_UNALIGNED, done, count);
        done += (long) count * Float.BYTES;
        index += count;
      }
    }
  }
}
