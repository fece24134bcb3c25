package org.scaleinv.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.invariant.Array;
import org.scaleinv.safetensors.SafetensorsFile;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.safetensors.Sha256;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Tensor;

/** The arrays of a profile as arrays.safetensors: one F64 tensor each, in the order of their names. */
public final class ArraysFile {
  public static final String NAME = "arrays.safetensors";

  private ArraysFile() {}

  /** Leaves the stream open. */
  public static void write(SortedMap<String, Array> arrays, OutputStream out) throws IOException {
    List<Tensor> tensors = arrays.entrySet().stream().map(e -> tensor(e.getKey(), e.getValue())).toList();
    SafetensorsWriter.write(Channels.newChannel(out), NAME, tensors, Map.of());
  }

  private static Tensor tensor(String name, Array array) {
    return Tensor.of(name, DType.F64, array.shape(), MemorySegment.ofArray(array.values()));
  }

  /**
   * Some of the arrays of a file.
   *
   * @throws BadInput when it is no safetensors file, or an array is not of F64
   */
  public static SortedMap<String, Array> read(Path file, Predicate<String> wanted) {
    SortedMap<String, Array> arrays = new TreeMap<>();
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      for (Tensor tensor : stored.tensors().values()) {
        if (wanted.test(tensor.name())) {
          arrays.put(tensor.name(), array(tensor));
        }
      }
    }
    return arrays;
  }

  private static Array array(Tensor tensor) {
    if (tensor.dtype() != DType.F64) {
      throw new BadInput(
          "array-dtype",
          Escape.visible(tensor.origin()) + ": array " + Escape.quoted(tensor.name()) + ": expected F64, found "
              + tensor.dtype());
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(tensor.byteSize(), Double.BYTES);
      tensor.read(0, bytes);
      return new Array(tensor.shape(), bytes.toArray(ValueLayout.JAVA_DOUBLE));
    }
  }

  /** SHA-256 in lower-case hexadecimal of the file that {@link #write} would write. */
  public static String digest(SortedMap<String, Array> arrays) {
    MessageDigest digest = Sha256.start();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      write(arrays, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 in lower-case hexadecimal of a file. */
  public static String digest(Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
