package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** {@code scaleinv inspect} from its arguments to its exit code, on files. */
class InspectCommandTest {
  private static final String HOSTILE = "w\u001b[31m\n,\"x\"";

  @TempDir
  private Path folder;

  private record Outcome(int code, String out, String err) {}

  private static Outcome inspect(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] line = new String[arguments.length + 1];
    line[0] = "inspect";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    int code =
        Main.run(
            line,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Tensor zeros(String name, DType dtype, long... extents) {
    Shape shape = Shape.of(extents);
    byte[] bytes = new byte[(int) (shape.size() * dtype.bits() / 8)];
    return Tensor.of(name, dtype, shape, MemorySegment.ofArray(bytes));
  }

  @BeforeEach
  void writeModel() throws IOException {
    List<Tensor> tensors =
        List.of(
            zeros("wte.weight", DType.F32, 1200, 6),
            zeros("h.0.attn.c_attn.weight", DType.BF16, 6, 18),
            zeros("h.0.attn.c_proj.weight", DType.BF16, 6, 6),
            zeros("h.0.attn.bias", DType.U8, 1, 1, 4, 4),
            zeros("h.0.mlp.c_fc.weight", DType.F32, 6, 24),
            zeros(HOSTILE, DType.F32, 2, 3));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
    config("{\"model_type\": \"gpt2\", \"n_embd\": 6, \"n_head\": 2, \"n_layer\": 3}");
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  @Test
  void tableListsSizesTensorsAndWhatIsNotPlaced() {
    Outcome outcome = inspect(folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    String expected =
        """
        architecture        gpt2
        parameters          7,494
        without embeddings  294
        width               6
        depth               3
        heads               2
        weight matrices     7
        head circuits       4

        tensor                  dtype         shape  role             layer  elements
        h.0.attn.bias           U8     [1, 1, 4, 4]                       0        16
        h.0.attn.c_attn.weight  BF16        [6, 18]  attention.q k v      0       108
        h.0.attn.c_proj.weight  BF16         [6, 6]  attention.o          0        36
        h.0.mlp.c_fc.weight     F32         [6, 24]  mlp.in               0       144
        w\\u001b[31m\\u000a,"x"   F32          [2, 3]  matrix                         6
        wte.weight              F32       [1200, 6]  embedding.token            7,200

        not placed             reason
        h.0.attn.bias          a buffer, no parameter
        w\\u001b[31m\\u000a,"x"  no role in the gpt2 table: measured as matrix
        """;
    assertEquals(expected, outcome.out().substring(outcome.out().indexOf('\n') + 1));
    assertEquals(
        "scaleinv: warning: the tensors hold layers 0 to 0 (1 in all), where config.json says 3\n", outcome.err());
  }

  @Test
  void quietLeavesOutTheWarnings() {
    assertEquals("", inspect(folder.toString(), "--quiet").err());
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    Outcome outcome = inspect(folder.toString(), "--format", "json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode root = new ObjectMapper().readTree(outcome.out());
    assertEquals("scaleinv.inspection/1", root.get("format").textValue());
    assertEquals(7494, root.at("/model/parameters").intValue());
    assertEquals(294, root.at("/model/parameters_without_embeddings").intValue());
    assertEquals(1, root.get("warnings").size());
    assertEquals(6, root.get("tensors").size());
    JsonNode fused = root.get("tensors").get(1);
    assertEquals("[6,18]", fused.get("shape").toString());
    assertEquals("[\"attention.q\",\"attention.k\",\"attention.v\"]", fused.get("roles").toString());
    assertEquals(HOSTILE, root.at("/not_placed/1/tensor").textValue());
  }

  @Test
  void csvHasARowATensor() {
    Outcome outcome = inspect(folder.toString(), "--format", "csv");
    List<String> lines = outcome.out().lines().toList();
    assertEquals("tensor,dtype,shape,role,layer,elements,not_placed", lines.getFirst());
    assertEquals("h.0.attn.bias,U8,1x1x4x4,,0,16,\"a buffer, no parameter\"", lines.get(1));
    assertEquals(
        "h.0.attn.c_attn.weight,BF16,6x18,attention.q attention.k attention.v,0,108,", lines.get(2));
    assertEquals(7, lines.size());
    assertFalse(outcome.out().contains("\u001b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"model_type\": \"gpt2\", \"n_head\": \"two\"}",
    "{\"model_type\": \"gpt2\", \"n_embd\": 12, \"n_head\": 2}",
    "{\"model_type\": \"gpt2\", \"n_head\": 4}",
    "{\"model_type\": ",
  })
  void aBrokenConfigIsOneLineAndExitCode3(String json) throws IOException {
    config(json);
    Outcome outcome = inspect(folder.toString());
    assertEquals(3, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains("expected ") && outcome.err().contains("found "), outcome.err());
  }

  @Test
  void aConfigThatIsNoFileIsNotPassedOver() throws IOException {
    Path config = folder.resolve("config.json");
    Files.delete(config);
    Files.createDirectory(config);
    Outcome aFolder = inspect(folder.toString());
    assertEquals(3, aFolder.code());
    assertEquals("scaleinv: " + config + ": expected a regular file, found a folder or a device\n", aFolder.err());
    Files.delete(config);
    Files.createSymbolicLink(config, folder.resolve("gone"));
    Outcome aLink = inspect(folder.toString());
    assertEquals(3, aLink.code());
    assertEquals("scaleinv: " + config + ": cannot be read: no such file or folder\n", aLink.err());
  }

  @Test
  void anUnknownFormatIsAUsageError() {
    assertEquals(2, inspect(folder.toString(), "--format", "xml").code());
    assertEquals(2, inspect().code());
  }

  @Test
  void anAbsentModelIsBadInput() {
    assertEquals(3, inspect(folder.resolve("none").toString()).code());
  }
}
