package org.scaleinv.space;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;
import org.scaleinv.error.UsageError;
import org.scaleinv.safetensors.PositionedFile;
import org.scaleinv.safetensors.SafetensorsFile;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** Opens point clouds and distances in whatever format they are. */
public final class SpaceReader {
  /** Stands for standard input in place of a file. */
  public static final String STANDARD_INPUT = "-";

  private static final int HEAD = 4096;

  private final InputFormat format;
  private final String tensor;
  private final Consumer<String> notes;

  /**
   * @param format that the input is said to have
   * @param tensor of a safetensors file; null for its only one
   * @param notes told of what a user might not expect
   */
  public SpaceReader(InputFormat format, String tensor, Consumer<String> notes) {
    this.format = format;
    this.tensor = tensor;
    this.notes = notes;
  }

  /**
   * Finds out what a file is and how large. A text is read to its end; of other formats the numbers stay in the file. A
   * pipe and standard input hold text.
   *
   * @throws BadInput naming the file and the line, or the entry, that is wrong
   */
  public SpaceSource open(String location) {
    if (location.equals(STANDARD_INPUT)) {
      return text(System.in, "standard input", format);
    }
    Path path = Path.of(location);
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      return text(path, InputFormat.AUTO);
    }
    if (tensor != null) {
      return safetensors(path);
    }
    PositionedFile file = PositionedFile.open(path);
    SpaceSource source = null;
    try {
      source = opened(file, path);
      return source;
    } finally {
      if (source == null) {
        file.close();
      }
    }
  }

  private SpaceSource opened(PositionedFile file, Path path) {
    byte[] head = new byte[(int) Math.min(HEAD, file.length())];
    head = Arrays.copyOf(head, (int) file.read(0, MemorySegment.ofArray(head)));
    if (startsWith(head, NpyFile.MAGIC)) {
      return array(file.name(), ".npy", NpyFile.open(file)).owning(file);
    }
    InputFormat named = InputFormat.ofFileName(path.getFileName().toString());
    InputFormat wanted = format == InputFormat.AUTO ? named : format;
    if (wanted == InputFormat.DIPHA || format == InputFormat.AUTO && isDipha(head)) {
      return BinaryFiles.dipha(file).owning(file);
    }
    if (wanted == InputFormat.BINARY) {
      return BinaryFiles.ripser(file).owning(file);
    }
    if (isSafetensors(path, head)) {
      file.close();
      return safetensors(path);
    }
    if (!isText(head)) {
      if (format != InputFormat.AUTO) {
        throw new BadInput("no-text",
            file.name() + ": expected a text in the format " + format + ", found other bytes");
      }
      return BinaryFiles.ripser(file).owning(file);
    }
    file.close();
    return text(path, named);
  }

  private SpaceSource text(Path path, InputFormat named) {
    try (InputStream in = Files.newInputStream(path)) {
      return text(in, Escape.visible(path.toString()), format == InputFormat.AUTO ? named : format);
    } catch (NoSuchFileException missing) {
      throw new BadInput("no-such-file", Escape.visible(path.toString()) + ": no such file", missing);
    } catch (IOException failure) {
      throw new BadInput(
          "unreadable", Escape.visible(path.toString()) + ": cannot be read: " + Reason.of(failure), failure);
    }
  }

  private SpaceSource text(InputStream in, String name, InputFormat wanted) {
    if (tensor != null) {
      throw new UsageError("--tensor names a tensor of a safetensors file, and " + name + " is none");
    }
    if (wanted == InputFormat.DIPHA || wanted == InputFormat.BINARY) {
      throw new BadInput("no-file", name + ": expected a file for the format " + wanted + ", found a pipe");
    }
    var scanner = new NumberScanner(in, name);
    return wanted == InputFormat.SPARSE
        ? Triplets.read(scanner, name)
        : TextMatrix.read(scanner, name, wanted, notes);
  }

  private SpaceSource safetensors(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    SpaceSource source = null;
    try {
      Tensor chosen = chosen(file.tensors(), Escape.visible(path.toString()));
      String name = Escape.visible(path.toString()) + ": tensor " + Escape.quoted(chosen.name());
      source = array(name, "safetensors", chosen).owning(file);
      return source;
    } finally {
      if (source == null) {
        file.close();
      }
    }
  }

  private Tensor chosen(SortedMap<String, Tensor> tensors, String name) {
    if (tensor == null && tensors.size() == 1) {
      return tensors.firstEntry().getValue();
    }
    if (tensor == null) {
      throw new UsageError(name + " has " + tensors.size() + " tensors; --tensor NAME says which one is meant");
    }
    if (!tensors.containsKey(tensor)) {
      throw new BadInput(
          "no-such-tensor", name + ": expected a tensor " + Escape.quoted(tensor) + ", found "
              + tensors.size() + " of other names; scaleinv inspect lists them");
    }
    return tensors.get(tensor);
  }

  private SpaceSource array(String name, String kind, Tensor found) {
    Shape shape = found.shape();
    boolean zeroDiagonal = format == InputFormat.AUTO && Shapes.isSquare(shape) && zeroDiagonal(found, name);
    return SpaceSource.of(name, kind, Shapes.form(name, shape, format, zeroDiagonal), found, null);
  }

  /** Reads the diagonal up to the first entry that is not 0. */
  private static boolean zeroDiagonal(Tensor found, String name) {
    Tensor floats = FloatTensor.of(found, name);
    float[] entry = new float[1];
    long order = found.shape().extent(0);
    for (long i = 0; i < order; i++) {
      floats.read((i * order + i) * DType.F32.bytes(), MemorySegment.ofArray(entry));
      if (entry[0] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  private static boolean isDipha(byte[] head) {
    return head.length >= Long.BYTES && first(head) == BinaryFiles.DIPHA_MAGIC;
  }

  private static long first(byte[] head) {
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** By its name, or by a small header length with an opening brace behind it. */
  private static boolean isSafetensors(Path path, byte[] head) {
    boolean named = path.getFileName().toString().endsWith(".safetensors");
    return named || head.length > Long.BYTES && first(head) >= 2 && first(head) < 100_000_000L && head[8] == '{';
  }

  /** No control characters but those that part lines and fields. */
  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
