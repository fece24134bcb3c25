package org.scaleinv.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
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
import org.scaleinv.invariant.Array;
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
