package org.scaleinv.safetensors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.Tensor;

/**
 * One safetensors file, its header checked in full, open for reading its tensors.
 *
 * <p>Tensors are read by positioned reads: a mapped file that another process cuts short would end this one. Safe for
 * use by several threads at once. Reading a tensor after close is an {@link IllegalStateException}.
 */
public final class SafetensorsFile implements AutoCloseable {
  /** The rule that a file still holds, or ever held, the bytes that its header promises. */
  static final String TRUNCATED = "truncated";

  private final PositionedFile file;
  private final Header header;
  private final SortedMap<String, Tensor> tensors;

  private SafetensorsFile(PositionedFile file, Header header, long dataStart) {
    this.file = file;
    this.header = header;
    SortedMap<String, Tensor> byName = new TreeMap<>();
    for (TensorEntry entry : header.entries()) {
      byName.put(entry.name(), new FileTensor(file, entry, dataStart));
    }
    tensors = Collections.unmodifiableSortedMap(byName);
  }

  /**
   * Opens a file and checks its header by every rule of the format; no tensor is read.
   *
   * @throws BadInput when there is no such file, it cannot be read, or a rule is broken
   */
  public static SafetensorsFile open(Path path) {
    PositionedFile file = PositionedFile.open(path);
    try {
      long headerBytes = checkedHeaderLength(file);
      byte[] text = readFully(file, Header.LENGTH_BYTES, (int) headerBytes);
      long dataStart = Header.LENGTH_BYTES + headerBytes;
      Header header = Header.parse(path.toString(), text, file.length() - dataStart);
      return new SafetensorsFile(file, header, dataStart);
    } catch (RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
  }

  /** The header's length, at most 100,000,000 and inside the file; nothing is allocated for it before. */
  private static long checkedHeaderLength(PositionedFile file) {
    long available = file.length() - Header.LENGTH_BYTES;
    if (available < 0) {
      throw unframed(file, "file-too-short", "expected at least 8 bytes, found " + file.length());
    }
    byte[] bytes = readFully(file, 0, Header.LENGTH_BYTES);
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (Long.compareUnsigned(length, Header.LONGEST) > 0) {
      throw unframed(
          file,
          Header.TOO_LONG,
          "expected a header of at most " + Header.LONGEST + " bytes, found a header length of "
              + Long.toUnsignedString(length) + "; this is no safetensors file");
    }
    if (length > available) {
      throw unframed(
          file,
          "header-beyond-file",
          "expected a header of " + length + " bytes, found " + available + " bytes after its length; this is no "
              + "safetensors file, or one cut short by a download that did not finish");
    }
    return length;
  }

  /** A file without the frame of the format: named for what it is where its first bytes tell. */
  private static BadInput unframed(PositionedFile file, String rule, String problem) {
    byte[] head = readFully(file, 0, (int) Math.min(file.length(), ForeignFormat.HEAD));
    return ForeignFormat.of(head)
        .map(foreign -> new BadInput(
            foreign.rule(), file.name() + ": expected a safetensors file, found " + foreign.description()))
        .orElseGet(() -> new BadInput(rule, file.name() + ": " + problem));
  }

  private static byte[] readFully(PositionedFile file, long position, int count) {
    byte[] bytes = new byte[count];
    long got = file.read(position, MemorySegment.ofArray(bytes));
    if (got < count) {
      throw new BadInput(
          TRUNCATED, file.name() + ": expected " + file.length() + " bytes, found " + (position + got)
              + "; the file was cut short while it was open");
    }
    return bytes;
  }

  public Path path() {
    return file.path();
  }

  /** Length of the file in bytes. */
  public long length() {
    return file.length();
  }

  /** All tensors by name. */
  public SortedMap<String, Tensor> tensors() {
    return tensors;
  }

  /** The file's __metadata__; empty without one. */
  public SortedMap<String, String> metadata() {
    return Collections.unmodifiableSortedMap(header.metadata());
  }

  /** SHA-256 of the whole file in lower-case hexadecimal: what sha256sum prints. */
  public String digest() {
    return Digests.ofFile(file);
  }

  @Override
  public void close() {
    file.close();
  }
}
