package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.Tensor;

/** A model is a file, a folder with one, or a folder with an index over shards. */
class ModelFilesTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir
  Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("gpt-tiny"));
  }

  private byte[] write(String name, String header, int dataBytes) throws IOException {
    byte[] bytes = file(header, dataBytes);
    Files.write(folder.resolve(name), bytes);
    return bytes;
  }

  private void writeShards(String index) throws IOException {
    write("one.safetensors", "{" + entry("a", "U8", 0, 4, 4) + "}", 4);
    write("two", "{" + entry("b", "U8", 0, 4, 4) + "," + entry("c", "F16", 4, 8, 2) + "}", 8);
    Files.writeString(folder.resolve(INDEX), index);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void aFileIsAModelNamedWithoutItsSuffix() throws Exception {
    byte[] bytes = write("other.safetensors", "{\"__metadata__\":{\"k\":\"v\"}," + entry("a", "U8", 0, 4, 4) + "}", 4);
    Files.writeString(folder.resolve("config.json"), "{}");
    try (ModelFiles model = ModelFiles.open(folder.resolve("other.safetensors").toString())) {
      assertEquals("other", model.name());
      assertEquals(folder.resolve("other.safetensors"), model.path());
      assertEquals(Set.of("a"), model.tensors().keySet());
      assertEquals(Map.of("k", "v"), model.metadata());
      assertEquals(Optional.empty(), model.config());
      assertEquals(List.of(), model.warnings());
      assertEquals(sha256(bytes), model.digest(1));
    }
  }

  @Test
  void aFolderAndItsOwnFileAreOneModelWithOneConfiguration() throws Exception {
    byte[] bytes = write("model.safetensors", "{" + entry("a", "U8", 0, 4, 4) + "}", 4);
    Path config = Files.writeString(folder.resolve("config.json"), "{}");
    for (Path path : List.of(folder, folder.resolve("."), folder.resolve("model.safetensors"))) {
      try (ModelFiles model = ModelFiles.open(path.toString())) {
        assertEquals("gpt-tiny", model.name());
        assertEquals(config, model.config().orElseThrow().normalize());
        assertEquals(sha256(bytes), model.digest(2));
      }
    }
  }

  @Test
  void shardsAreReadByTheIndexAlone() throws Exception {
    writeShards("""
        {"metadata": {"total_size": 12, "note": "n", "nested": {"x": [1]}},
         "weight_map": {"a": "one.safetensors", "b": "two", "c": "two"}}""");
    Files.writeString(folder.resolve("model-00003-of-00003.safetensors"), "never read, since no index names it");
    try (ModelFiles model = ModelFiles.open(folder.toString())) {
      assertEquals(Set.of("a", "b", "c"), model.tensors().keySet());
      assertEquals(Map.of("total_size", "12", "note", "n", "nested", "{\"x\":[1]}"), model.metadata());
      assertEquals(List.of(), model.warnings());
      Tensor c = model.tensors().get("c");
      byte[] bytes = new byte[4];
      c.read(0, MemorySegment.ofArray(bytes));
      assertArrayEquals(new byte[] {4, 5, 6, 7}, bytes);
      assertEquals(folder.resolve("two").toString(), c.origin());
    }
  }

  @Test
  void theDigestOfShardsIsThatOfWhatSha256sumPrints() throws Exception {
    writeShards("{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two\", \"c\": \"two\"}}");
    String lines = sha256(Files.readAllBytes(folder.resolve("one.safetensors"))) + "  one.safetensors\n"
        + sha256(Files.readAllBytes(folder.resolve("two"))) + "  two\n";
    String expected = sha256(lines.getBytes(StandardCharsets.UTF_8));
    try (ModelFiles model = ModelFiles.open(folder.toString())) {
      assertEquals(expected, model.digest(1));
      assertEquals(expected, model.digest(7));
    }
  }

  @Test
  void anIndexOverOneShardHasTheDigestOfThatFile() throws Exception {
    byte[] bytes = write("one.safetensors", "{" + entry("a", "U8", 0, 4, 4) + "}", 4);
    Files.writeString(folder.resolve(INDEX), "{\"weight_map\": {\"a\": \"one.safetensors\"}}");
    try (ModelFiles model = ModelFiles.open(folder.toString())) {
      assertEquals(sha256(bytes), model.digest(1));
    }
  }

  @Test
  void ofBothFormsTheSingleFileWinsAndIsNamed() throws IOException {
    writeShards("not even JSON");
    write("model.safetensors", "{" + entry("single", "U8", 0, 4, 4) + "}", 4);
    try (ModelFiles model = ModelFiles.open(folder.toString())) {
      assertEquals(Set.of("single"), model.tensors().keySet());
      assertEquals(
          List.of(folder + ": holds model.safetensors and " + INDEX + "; model.safetensors was read"),
          model.warnings());
    }
  }

  @Test
  void tensorsThatTheIndexDoesNotNameAreReportedAndLeftOut() throws IOException {
    writeShards("{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two\"}}");
    try (ModelFiles model = ModelFiles.open(folder.toString())) {
      assertEquals(Set.of("a", "b"), model.tensors().keySet());
      assertEquals(1, model.warnings().size());
      assertTrue(model.warnings().getFirst().contains("1 tensor that the index does not name, left out: \"c\""),
          model.warnings().getFirst());
    }
  }

  @Test
  void aTotalSizeThatDisagreesIsReported() throws IOException {
    for (int stated : new int[] {11, 12, 13}) {
      writeShards("{\"metadata\": {\"total_size\": " + stated
          + "}, \"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two\", \"c\": \"two\"}}");
      try (ModelFiles model = ModelFiles.open(folder.toString())) {
        List<String> expected = stated == 12
            ? List.of()
            : List.of(folder.resolve(INDEX) + ": total_size says " + stated + " bytes, the tensors have 12");
        assertEquals(expected, model.warnings());
      }
    }
  }

  @Test
  void theErrorForAFolderWithoutAModelSaysWhatIsThere() throws IOException {
    for (int i = 10; i < 30; i++) {
      Files.writeString(folder.resolve("file\u001b" + i), "");
    }
    BadInput error = assertThrows(BadInput.class, () -> ModelFiles.open(folder.toString()));
    assertTrue(error.getMessage().startsWith(
        folder + ": expected model.safetensors or " + INDEX + ", found \"file\\u001b10\", "), error.getMessage());
    assertTrue(error.getMessage().endsWith("\"file\\u001b21\", 8 more"), error.getMessage());
  }

  @Test
  void anEmptyPathIsNotTheCurrentFolder() {
    assertEquals("no-such-file", assertThrows(BadInput.class, () -> ModelFiles.open("")).rule());
  }

  @Test
  void readingAfterCloseSaysSo() throws IOException {
    writeShards("{\"weight_map\": {\"a\": \"one.safetensors\"}}");
    ModelFiles model = ModelFiles.open(folder.toString());
    model.close();
    assertThrows(
        IllegalStateException.class,
        () -> model.tensors().get("a").read(0, MemorySegment.ofArray(new byte[4])));
  }
}
