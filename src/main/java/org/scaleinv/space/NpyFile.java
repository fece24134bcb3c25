package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaleinv.error.BadInput;
import org.scaleinv.safetensors.PositionedFile;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** A .npy file of versions 1 to 3. Nothing of it is run: pickled objects are refused by their type. */
final class NpyFile {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Longer headers have no use here, and nothing is allocated for them. */
  private static final long LONGEST_HEADER = 1 << 20;

  private NpyFile() {}

  /** The array, row-major; of a matrix that lies column by column, turned. */
  static Tensor open(PositionedFile file) {
    byte[] head = bytes(file, 0, MAGIC.length + 2);
    int version = head[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new BadInput("npy-version", file.name() + ": expected version 1, 2 or 3 of .npy, found " + version);
    }
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer length = ByteBuffer.wrap(bytes(file, head.length, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = version == 1 ? length.getShort() & 0xffff : length.getInt() & 0xffffffffL;
    long start = head.length + lengthBytes + headerBytes;
    if (headerBytes > LONGEST_HEADER || start > file.length()) {
      throw new BadInput(
          "npy-header", file.name() + ": expected a header inside the file and of at most " + LONGEST_HEADER
              + " bytes, found a length of " + headerBytes);
    }
    NpyHeader header =
        NpyHeader.parse(file.name(), bytes(file, head.length + lengthBytes, (int) headerBytes));
    return tensor(file, start, header);
  }

  private static Tensor tensor(PositionedFile file, long start, NpyHeader header) {
    Shape shape = header.shape();
    long expected = Math.multiplyExact(shape.size(), (long) header.dtype().bytes());
    if (file.length() - start != expected) {
      throw new BadInput(
          "npy-length", file.name() + ": expected " + expected + " bytes of an array " + header.dtype() + " " + shape
              + ", found " + (file.length() - start));
    }
    if (!header.fortranOrder() || shape.rank() < 2) {
      return new StoredTensor(file, start, header.dtype(), shape);
    }
    if (shape.rank() > 2) {
      throw new BadInput(
          "not-a-table", file.name() + ": expected an array of 2 dimensions, found shape " + shape);
    }
    Shape columns = Shape.of(shape.extent(1), shape.extent(0));
    var stored = new StoredTensor(file, start, header.dtype(), columns);
    return new TransposedTensor(FloatTensor.of(stored, file.name()));
  }

  private static byte[] bytes(PositionedFile file, long position, int count) {
    byte[] bytes = new byte[count];
    long got = file.read(position, MemorySegment.ofArray(bytes));
    if (got < count) {
      throw new BadInput(
          "npy-header", file.name() + ": expected a header, found the end of the file after " + (position + got)
              + " bytes");
    }
    return bytes;
  }
}
