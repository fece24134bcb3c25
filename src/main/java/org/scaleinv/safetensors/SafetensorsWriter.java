package org.scaleinv.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;
import org.scaleinv.tensor.Tensor;

/**
 * Writes safetensors files. A file appears under its name whole and on the disk, or not at all: it is written beside
 * under another name, forced out, and renamed.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;

  /** Widest elements first, so that with a header of whole 8 bytes every element lies at a multiple of its size. */
  private static final Comparator<Tensor> WIDEST_FIRST =
      Comparator.comparing((Tensor tensor) -> -tensor.dtype().bits()).thenComparing(Tensor::name);

  private SafetensorsWriter() {}

  /**
   * Writes the tensors, whose bytes are read once and in pieces, and replaces the file if there is one. The order of
   * {@code tensors} changes nothing.
   *
   * @throws BadInput when the tensors would break a rule of the format (a name twice)
   * @throws EngineFailure when the file cannot be written
   * @throws Cancelled when the thread is interrupted
   */
  public static void write(Path path, Collection<? extends Tensor> tensors, Map<String, String> metadata) {
    List<Tensor> ordered = ordered(tensors);
    byte[] header = header(path.toString(), ordered, metadata);
    String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path partial = path.resolveSibling("." + path.getFileName() + "." + unique + ".partial");
    try {
      try (FileChannel out =
          FileChannel.open(partial, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        writeAll(out, header, ordered);
        out.force(true);
      }
      Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(path);
    } catch (ClosedByInterruptException interrupted) {
      throw new Cancelled();
    } catch (IOException failure) {
      throw new EngineFailure("cannot write " + Escape.visible(path.toString()) + ": " + Reason.of(failure), failure);
    } finally {
      deleteLeftover(partial);
    }
  }

  /**
   * Writes the bytes of the file to a channel and leaves it open.
   *
   * @param name of the file, for error messages
   * @throws BadInput when the tensors would break a rule of the format
   */
  public static void write(
      WritableByteChannel out, String name, Collection<? extends Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    List<Tensor> ordered = ordered(tensors);
    writeAll(out, header(name, ordered, metadata), ordered);
  }

  private static List<Tensor> ordered(Collection<? extends Tensor> tensors) {
    return tensors.stream().<Tensor>map(tensor -> tensor).sorted(WIDEST_FIRST).toList();
  }

  private static byte[] header(String name, List<Tensor> ordered, Map<String, String> metadata) {
    byte[] header = HeaderText.of(name, ordered, metadata);
    Header.parse(name, header, ordered.stream().mapToLong(Tensor::byteSize).sum());
    return header;
  }

  private static void writeAll(WritableByteChannel out, byte[] header, List<Tensor> tensors) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Header.LENGTH_BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
    writeFully(out, head.putLong(header.length).put(header).flip());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(CHUNK);
      for (Tensor tensor : tensors) {
        for (long done = 0; done < tensor.byteSize(); done += CHUNK) {
          MemorySegment piece = chunk.asSlice(0, Math.min(CHUNK, tensor.byteSize() - done));
          tensor.read(done, piece);
          writeFully(out, piece.asByteBuffer());
        }
      }
    }
  }

  private static void writeFully(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Without this the new name may be lost with the power, though the bytes are on the disk. */
  private static void forceFolder(Path path) throws IOException {
    try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static void deleteLeftover(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException failure) {
      throw new EngineFailure(
          "cannot delete " + Escape.visible(partial.toString()) + ": " + Reason.of(failure), failure);
    }
  }
}
