package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaleinv.error.BadInput;
import org.scaleinv.safetensors.PositionedFile;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;

/** The binary formats of Ripser and DIPHA. */
final class BinaryFiles {
  static final long DIPHA_MAGIC = 8067171840L;

  private static final int DIPHA_DISTANCES = 7;
  private static final int DIPHA_HEAD = 3 * Long.BYTES;
  private static final long MOST_POINTS = 1L << 30;

  private BinaryFiles() {}

  /** Exactly the n(n − 1)/2 floats below the diagonal. */
  static SpaceSource ripser(PositionedFile file) {
    long floats = file.length() / Float.BYTES;
    if (file.length() % Float.BYTES != 0 || Shapes.pointsOfTriangle(floats) < 0) {
      throw new BadInput(
          "not-a-triangle",
          file.name() + ": expected n(n - 1)/2 floats of 4 bytes, found " + file.length()
              + " bytes; this is no lower triangle in Ripser's binary format");
    }
    var tensor = new StoredTensor(file, 0, DType.F32, Shape.of(floats));
    return SpaceSource.of(file.name(), "Ripser's binary format", Form.LOWER, tensor, null);
  }

  /** A head of three 64-bit integers (magic number, type, points), then all distances as doubles. */
  static SpaceSource dipha(PositionedFile file) {
    byte[] bytes = new byte[DIPHA_HEAD];
    long got = file.read(0, MemorySegment.ofArray(bytes));
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (got < DIPHA_HEAD || head.getLong(0) != DIPHA_MAGIC) {
      throw new BadInput(
          "dipha-head",
          file.name() + ": expected a DIPHA file, which begins with the number " + DIPHA_MAGIC + ", found "
              + (got < DIPHA_HEAD ? got + " bytes" : Long.toString(head.getLong(0))));
    }
    if (head.getLong(Long.BYTES) != DIPHA_DISTANCES) {
      throw new BadInput(
          "dipha-type", file.name() + ": expected DIPHA's type " + DIPHA_DISTANCES + ", a distance matrix, found type "
              + head.getLong(Long.BYTES));
    }
    long points = head.getLong(2 * Long.BYTES);
    if (points < 0 || points > MOST_POINTS || file.length() != DIPHA_HEAD + points * points * Double.BYTES) {
      throw new BadInput(
          "dipha-length", file.name() + ": expected " + DIPHA_HEAD + " bytes and the square of the number of points, "
              + points + ", times 8, found " + file.length() + " bytes");
    }
    var tensor = new StoredTensor(file, DIPHA_HEAD, DType.F64, Shape.of(points, points));
    return SpaceSource.of(file.name(), "DIPHA's format", Form.SQUARE, tensor, null);
  }
}
