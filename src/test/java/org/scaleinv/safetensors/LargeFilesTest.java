package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;
import static org.scaleinv.safetensors.SafetensorsBytes.utf8;
import static org.scaleinv.safetensors.SafetensorsBytes.withLength;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;
import org.scaleinv.tensor.Tensor;

/** Sizes at which a signed 32-bit count, a buffer, or patience would end. */
class LargeFilesTest {
  private static final long GIB = 1L << 30;

  @TempDir
  Path folder;

  /** A file of holes with a few marks: what is not written takes no room on the disk. */
  private Path sparse(String header, long dataBytes, long... marks) throws IOException {
    Path path = folder.resolve("sparse.safetensors");
    byte[] head = withLength(header.length(), utf8(header));
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      out.write(head);
      out.setLength(head.length + dataBytes);
      for (long mark : marks) {
        out.seek(head.length + mark);
        out.writeByte(mark == 0 ? 1 : (int) (mark % 251));
      }
    }
    return path;
  }

  @Test
  void tensorsBeyondTwoAndFourGibibytesAreReadWhereTheyLie() throws IOException {
    String header = "{" + entry("long", "U8", 0, 5 * GIB, 5 * GIB) + ","
        + entry("last", "U8", 5 * GIB, 5 * GIB + 3, 3) + "}";
    long[] marks = {0, 2 * GIB - 1, 2 * GIB, 4 * GIB - 1, 4 * GIB, 4 * GIB + 1, 5 * GIB - 1, 5 * GIB + 2};
    try (SafetensorsFile file = SafetensorsFile.open(sparse(header, 5 * GIB + 3, marks))) {
      Tensor tensor = file.tensors().get("long");
      byte[] got = new byte[1];
      for (long mark : Arrays.copyOf(marks, 7)) {
        tensor.read(mark, MemorySegment.ofArray(got));
        assertEquals((byte) (mark == 0 ? 1 : mark % 251), got[0], "byte " + mark);
      }
      byte[] last = new byte[3];
      file.tensors().get("last").read(0, MemorySegment.ofArray(last));
      assertArrayEquals(new byte[] {0, 0, (byte) ((5 * GIB + 2) % 251)}, last);
    }
  }

  @Test
  void aMatrixOfMoreThanTwoToTheThirtyOneElementsHasItsLastRow() throws IOException {
    long rows = (1L << 31) + 5;
    String header = "{" + entry("m", "U8", 0, 2 * rows, rows, 2) + "}";
    try (SafetensorsFile file = SafetensorsFile.open(sparse(header, 2 * rows, 2 * rows - 1))) {
      Matrix matrix = Matrix.of(file.tensors().get("m"));
      byte[] got = new byte[4];
      matrix.rows(rows - 3, 3).read(new Panel(1, 2, 0, 2), MemorySegment.ofArray(got));
      assertArrayEquals(new byte[] {0, 0, 0, (byte) ((2 * rows - 1) % 251)}, got);
      assertEquals(DType.U8, matrix.dtype());
    }
  }

  @Test
  void oneReadOfSeveralPiecesIsWhole() throws IOException {
    // The marks lie on both sides of the joint between two pieces.
    long piece = PositionedFile.LONGEST_READ;
    long count = piece + 4096;
    String header = "{" + entry("a", "U8", 0, count, count) + "}";
    try (SafetensorsFile file = SafetensorsFile.open(sparse(header, count, piece - 1, piece, count - 1));
        Arena arena = Arena.ofConfined()) {
      MemorySegment whole = arena.allocate(count, 1);
      file.tensors().get("a").read(0, whole);
      for (long mark : new long[] {piece - 1, piece, count - 1}) {
        assertEquals((byte) (mark % 251), whole.get(ValueLayout.JAVA_BYTE, mark));
      }
    }
  }

  @Test
  void aHundredThousandTensorsOpenQuickly() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      header.append(i == 0 ? "" : ",").append(entry("model.layers." + i + ".w", "U8", i, i + 1, 1));
    }
    Path path = Files.write(folder.resolve("many"), file(header.append('}').toString(), 100_000));
    // About 0.4 s of processor time cold and 0.1 s warm; the limit leaves room for a busy machine, not for quadratic time.
    assertTimeoutPreemptively(Duration.ofSeconds(4), () -> {
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        assertEquals(100_000, file.tensors().size());
      }
    });
  }

  @Test
  void theLongestLegalHeaderIsRead() throws IOException {
    Path path = folder.resolve("padded");
    byte[] header = new byte[100_000_000];
    Arrays.fill(header, (byte) ' ');
    header[0] = '{';
    header[99_999_999] = '}';
    Files.write(path, withLength(header.length, header));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(0, file.tensors().size());
    }
  }

  @Test
  void aHeaderFullOfNamesForOneRangeFailsAtTheSecondName() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 400_000; i++) {
      header.append(i == 0 ? "" : ",").append(entry("t" + i, "U8", 0, 4, 4));
    }
    Path path = Files.write(folder.resolve("overlapping"), file(header.append('}').toString(), 4));
    BadInput error = assertThrows(BadInput.class, () -> SafetensorsFile.open(path).close());
    assertEquals("tensors-overlap", error.rule());
    assertEquals(
        path + ": tensor \"t1\": expected bytes of its own, found data bytes 0 to 4 shared with tensor \"t0\", "
            + "0 to 4",
        error.getMessage());
  }

  @Test
  void tenMillionNamesAreRefusedByTheHeadersLengthBeforeAnythingIsRead() throws IOException {
    // 588,888,891 bytes: the header of ten million names t0, t1, … for one range of four bytes.
    Path path = folder.resolve("ten-million");
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      out.write(withLength(588_888_891, utf8("{" + entry("t0", "U8", 0, 4, 4) + ",")));
      out.setLength(588_888_891 + 12);
    }
    BadInput error = assertThrows(BadInput.class, () -> SafetensorsFile.open(path).close());
    assertEquals("header-too-long", error.rule());
  }
}
