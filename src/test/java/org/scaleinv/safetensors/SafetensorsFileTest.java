package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.safetensors.SafetensorsBytes.data;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;
import static org.scaleinv.safetensors.SafetensorsBytes.oneTensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** What the format allows is read, and its bytes are found where the header says. */
class SafetensorsFileTest {
  @TempDir
  Path folder;

  private SafetensorsFile open(String header, int dataBytes) throws IOException {
    return SafetensorsFile.open(Files.write(folder.resolve("good.safetensors"), file(header, dataBytes)));
  }

  private static byte[] read(Tensor tensor) {
    byte[] bytes = new byte[(int) tensor.byteSize()];
    tensor.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  @Test
  void tensorsAreReadWhereverTheyLieInTheHeader() throws IOException {
    String header = "{" + entry("z", "I16", 6, 10, 2) + "," + entry("a", "U8", 0, 6, 2, 3) + "}";
    try (SafetensorsFile file = open(header, 10)) {
      assertEquals(Set.of("a", "z"), file.tensors().keySet());
      Tensor a = file.tensors().get("a");
      assertEquals(DType.U8, a.dtype());
      assertEquals(Shape.of(2, 3), a.shape());
      assertEquals(file.path().toString(), a.origin());
      assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5}, read(a));
      assertArrayEquals(new byte[] {6, 7, 8, 9}, read(file.tensors().get("z")));
      assertEquals(Map.of(), file.metadata());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}", " \t\r\n{}", "{}    ", "{} \t\r\n", "{ \"__metadata__\" : null }", "{\"__metadata__\":{}}",
    "{\"__metadata__\":{\"k\":\"v\"}}\n"
  })
  void aFileWithoutTensorsAndWhiteSpaceAroundTheObjectAreLegal(String header) throws IOException {
    try (SafetensorsFile file = open(header, 0)) {
      assertTrue(file.tensors().isEmpty());
      assertEquals(header.contains("k") ? Map.of("k", "v") : Map.of(), file.metadata());
    }
  }

  @Test
  void singlePrecisionAtAnOddOffsetAfterAHeaderOfOddLengthIsLegal() throws IOException {
    String header = "{" + entry("a", "U8", 0, 1, 1) + "," + entry("b", "F32", 1, 5, 1) + "}";
    header += header.length() % 2 == 0 ? " " : "";
    try (SafetensorsFile file = open(header, 5)) {
      assertArrayEquals(new byte[] {1, 2, 3, 4}, read(file.tensors().get("b")));
    }
  }

  @Test
  void emptyTensorsShareABoundaryAndAScalarIsOneElement() throws IOException {
    String header = "{" + String.join(",", entry("e0", "F32", 0, 0, 0), entry("scalar", "F64", 0, 8),
        entry("e1", "F32", 8, 8, 3, 0), entry("e2", "C64", 8, 8, 0, 9223372036854775807L),
        entry("a", "U8", 8, 9, 1), entry("e3", "U8", 9, 9, 0)) + "}";
    try (SafetensorsFile file = open(header, 9)) {
      assertEquals(6, file.tensors().size());
      assertEquals(Shape.of(), file.tensors().get("scalar").shape());
      assertArrayEquals(data(8), read(file.tensors().get("scalar")));
      assertArrayEquals(new byte[0], read(file.tensors().get("e2")));
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyElementTypeIsReadByItsExactName(DType dtype) throws IOException {
    int bytes = 4 * dtype.bits() / 8;
    try (SafetensorsFile file = open("{" + entry("a", dtype.name(), 0, bytes, 4) + "}", bytes)) {
      assertEquals(dtype, file.tensors().get("a").dtype());
      assertArrayEquals(data(bytes), read(file.tensors().get("a")));
    }
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    // The two é differ: one code point, and e with a combining accent.
    String header = oneTensor("," + String.join(",", entry("", "U8", 4, 4, 0), entry("\\u0000", "U8", 4, 4, 0),
        entry("../../x", "U8", 4, 4, 0), entry("\u00e9", "U8", 4, 4, 0), entry("e\u0301", "U8", 4, 4, 0),
        entry("\\ud834\\udd1e", "U8", 4, 4, 0), entry("\\\"\\\\\\/\\b\\f\\n\\r\\t", "U8", 4, 4, 0)));
    try (SafetensorsFile file = open(header, 4)) {
      assertEquals(
          Set.of("a", "", "\0", "../../x", "\u00e9", "e\u0301", "\ud834\udd1e", "\"\\/\b\f\n\r\t"),
          file.tensors().keySet());
    }
  }

  @Test
  void rankSixtyFourIsRead() throws IOException {
    long[] shape = new long[64];
    Arrays.fill(shape, 1);
    try (SafetensorsFile file = open("{" + entry("a", "U8", 0, 1, shape) + "}", 1)) {
      assertEquals(64, file.tensors().get("a").shape().rank());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1_048_576, 1_048_577})
  void partsAreReadIntoNativeAndHeapMemoryAlike(int offset) throws IOException {
    int bytes = 2_500_001;
    try (SafetensorsFile file = open("{" + entry("a", "U8", 0, bytes, bytes) + "}", bytes);
        Arena arena = Arena.ofConfined()) {
      Tensor tensor = file.tensors().get("a");
      int count = bytes - offset;
      MemorySegment nativeBlock = arena.allocate(count);
      MemorySegment heap = MemorySegment.ofArray(new float[count / 4 + 1]).asSlice(0, count);
      tensor.read(offset, nativeBlock);
      tensor.read(offset, heap);
      assertEquals(-1, nativeBlock.mismatch(heap));
      assertEquals((byte) (offset % 251), heap.get(ValueLayout.JAVA_BYTE, 0));
      assertEquals((byte) ((bytes - 1) % 251), heap.get(ValueLayout.JAVA_BYTE, count - 1));
    }
  }

  @Test
  void readingBeyondATensorIsRefused() throws IOException {
    try (SafetensorsFile file = open("{" + entry("a", "U8", 0, 4, 4) + "," + entry("b", "U8", 4, 8, 4) + "}", 8)) {
      Tensor a = file.tensors().get("a");
      MemorySegment four = MemorySegment.ofArray(new byte[4]);
      assertThrows(IndexOutOfBoundsException.class, () -> a.read(1, four));
      assertThrows(IndexOutOfBoundsException.class, () -> a.read(-1, four));
      assertThrows(IndexOutOfBoundsException.class, () -> a.read(Long.MAX_VALUE, four));
    }
  }
}
