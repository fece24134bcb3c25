package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.Cancelled;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class SafetensorsWriterTest {
  @TempDir
  Path folder;

  private static Tensor tensor(String name, DType dtype, int bytes, long... shape) {
    return Tensor.of(name, dtype, Shape.of(shape), MemorySegment.ofArray(SafetensorsBytes.data(bytes)));
  }

  private static byte[] read(Tensor tensor) {
    byte[] bytes = new byte[(int) tensor.byteSize()];
    tensor.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  @Test
  void whatWasWrittenIsReadBack() {
    List<Tensor> tensors = new ArrayList<>();
    for (DType dtype : DType.values()) {
      tensors.add(tensor("of " + dtype, dtype, 24 * dtype.bits() / 8, 2, 3, 4));
      tensors.add(tensor("empty " + dtype, dtype, 0, 0, 7));
    }
    tensors.add(tensor("scalar", DType.F32, 4));
    tensors.add(tensor("", DType.U8, 1, 1));
    tensors.add(tensor("../\0\"\\\n\u2028é𝄞", DType.U8, 3, 3));
    Map<String, String> metadata = Map.of("format", "pt", "", "\u0001\"", "é𝄞", "\\");
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, tensors, metadata);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(metadata, file.metadata());
      assertEquals(tensors.size(), file.tensors().size());
      for (Tensor tensor : tensors) {
        Tensor back = file.tensors().get(tensor.name());
        assertEquals(tensor.dtype(), back.dtype());
        assertEquals(tensor.shape(), back.shape());
        assertArrayEquals(read(tensor), read(back), tensor.name());
      }
    }
  }

  @Test
  void theOrderOfTheTensorsChangesNoByte() throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tensors.add(tensor("t" + i, i % 2 == 0 ? DType.U8 : DType.F32, 4 * i, i % 2 == 0 ? 4 * i : i));
    }
    SafetensorsWriter.write(folder.resolve("a"), tensors, Map.of("k", "v", "l", "w"));
    Collections.shuffle(tensors, new Random(3));
    SafetensorsWriter.write(folder.resolve("b"), tensors, Map.of("l", "w", "k", "v"));
    assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
  }

  @Test
  void everyElementLiesAtAMultipleOfItsSize() throws IOException {
    List<Tensor> tensors = List.of(
        tensor("a", DType.U8, 3, 3), tensor("b", DType.F64, 8, 1), tensor("c", DType.F16, 2, 1),
        tensor("d", DType.F32, 4, 1), tensor("odd name", DType.U8, 1, 1));
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, tensors, Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(path);
    int header = bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
    assertEquals(0, header % 8);
    byte[] data = SafetensorsBytes.concatenate(
        read(tensors.get(1)), read(tensors.get(3)), read(tensors.get(2)), read(tensors.get(0)), read(tensors.get(4)));
    assertArrayEquals(data, Arrays.copyOfRange(bytes, 8 + header, bytes.length));
  }

  @Test
  void aTensorLongerThanOnePieceArrivesWhole() {
    int bytes = (1 << 20) * 2 + 12_345;
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, List.of(tensor("a", DType.U8, bytes, bytes)), Map.of());
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertArrayEquals(SafetensorsBytes.data(bytes), read(file.tensors().get("a")));
    }
  }

  @Test
  void whatTheReaderWouldRefuseIsNotWritten() {
    Path path = folder.resolve("a.safetensors");
    Tensor one = tensor("a", DType.U8, 4, 4);
    assertRule("duplicate-name", path, List.of(one, tensor("a", DType.U8, 4, 2, 2)));
    assertRule("metadata-not-a-string", path, List.of(tensor("__metadata__", DType.U8, 4, 4)));
    assertRule("header-not-utf8", path, List.of(tensor("\ud800", DType.U8, 4, 4)));
    assertEquals(List.of(), files());
  }

  private static void assertRule(String rule, Path path, List<Tensor> tensors) {
    assertEquals(rule, assertThrows(BadInput.class, () -> SafetensorsWriter.write(path, tensors, Map.of())).rule());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSourceThatFailsLeavesTheOldFileAndNothingElse(boolean before) throws IOException {
    Path path = folder.resolve("a.safetensors");
    if (before) {
      Files.writeString(path, "old");
    }
    Tensor good = tensor("a", DType.F64, 8, 1);
    Tensor failing = new FailingTensor("b");
    assertThrows(
        IllegalStateException.class, () -> SafetensorsWriter.write(path, List.of(good, failing), Map.of()));
    assertEquals(before ? List.of("a.safetensors") : List.of(), files());
    assertEquals(before ? "old" : "absent", before ? Files.readString(path) : "absent");
  }

  @Test
  void anInterruptLeavesTheOldFileAndNothingElse() throws IOException {
    Path path = Files.writeString(folder.resolve("a.safetensors"), "old");
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          Cancelled.class,
          () -> SafetensorsWriter.write(path, List.of(tensor("a", DType.U8, 4, 4)), Map.of()));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("old", Files.readString(path));
    assertEquals(List.of("a.safetensors"), files());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path path = folder.resolve("none/a.safetensors");
    EngineFailure error =
        assertThrows(EngineFailure.class, () -> SafetensorsWriter.write(path, List.of(), Map.of()));
    assertEquals("cannot write " + path + ": no such file or folder", error.getMessage());
  }

  private List<String> files() {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(path -> path.getFileName().toString()).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A tensor of one byte that cannot be read. */
  private record FailingTensor(String name) implements Tensor {
    @Override
    public DType dtype() {
      return DType.U8;
    }

    @Override
    public Shape shape() {
      return Shape.of(1);
    }

    @Override
    public String origin() {
      return "nowhere";
    }

    @Override
    public void read(long byteOffset, MemorySegment destination) {
      throw new IllegalStateException("source failed");
    }
  }
}
