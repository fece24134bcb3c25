package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.model.HeadCircuit.Factor;

/**
 * Every factor of every head, element by element, against the index at which the architecture's own definition puts it.
 * Values are distinct, so that equality is exact and an element from anywhere else fails.
 */
class HeadCircuitsTest {

  /** Element (i, j), residual dimension and head dimension, of one head's projection. */
  private interface Element {
    float at(int head, int i, int j);
  }

  private static void assertFactors(
      Checkpoint checkpoint, int layer, int heads, int width, int headWidth, String role, boolean left, Element truth) {
    for (int head = 0; head < heads; head++) {
      String subject = "h." + layer + ".head." + head + role.substring(role.indexOf('.'));
      HeadCircuit circuit =
          checkpoint.circuits().stream().filter(c -> c.subject().equals(subject)).findFirst().orElseThrow();
      assertEquals(role, circuit.role());
      assertEquals(layer, circuit.layer());
      assertEquals(head, circuit.head());
      Factor factor = left ? circuit.left() : circuit.right();
      assertEquals(width, factor.outer());
      assertEquals(headWidth, factor.inner());
      float[][] stored = TinyModel.values(factor.matrix());
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < headWidth; j++) {
          float element = factor.transposed() ? stored[j][i] : stored[i][j];
          assertEquals(truth.at(head, i, j), element, subject + " (" + i + ", " + j + ")");
        }
      }
    }
  }

  private static void assertHeads(
      Checkpoint checkpoint, int layer, int heads, int width, int d, Element q, Element k, Element v, Element o) {
    assertFactors(checkpoint, layer, heads, width, d, "attention.qk", true, q);
    assertFactors(checkpoint, layer, heads, width, d, "attention.qk", false, k);
    assertFactors(checkpoint, layer, heads, width, d, "attention.ov", true, v);
    assertFactors(checkpoint, layer, heads, width, d, "attention.ov", false, o);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 4", "1, 5"})
  void gpt2HeadsAreColumnsOfThreeBlocks(int heads, int d) {
    TinyModel model = TinyModels.gpt2("transformer.", heads, d, 2);
    int width = heads * d;
    for (int layer = 0; layer < 2; layer++) {
      String fused = "transformer.h." + layer + ".attn.c_attn.weight";
      String output = "transformer.h." + layer + ".attn.c_proj.weight";
      assertHeads(
          model.read(), layer, heads, width, d,
          (h, i, j) -> model.at(fused, i, h * d + j),
          (h, i, j) -> model.at(fused, i, width + h * d + j),
          (h, i, j) -> model.at(fused, i, 2 * width + h * d + j),
          (h, i, j) -> model.at(output, h * d + j, i));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 2"})
  void gptNeoxHeadsAreInterleaved(int heads, int d) {
    TinyModel model = TinyModels.gptNeox(heads, d, 1);
    String fused = "gpt_neox.layers.0.attention.query_key_value.weight";
    assertHeads(
        model.read(), 0, heads, heads * d, d,
        (h, i, j) -> model.at(fused, (h * 3) * d + j, i),
        (h, i, j) -> model.at(fused, (h * 3 + 1) * d + j, i),
        (h, i, j) -> model.at(fused, (h * 3 + 2) * d + j, i),
        (h, i, j) -> model.at("gpt_neox.layers.0.attention.dense.weight", i, h * d + j));
  }

  @ParameterizedTest
  @CsvSource({"12, 6, 2, 2", "10, 4, 1, 3", "8, 2, 2, 4"})
  void llamaQueriesShareKeysAndValues(int width, int heads, int keyValueHeads, int d) {
    TinyModel model = TinyModels.llama(width, heads, keyValueHeads, d, 1);
    int share = heads / keyValueHeads;
    String attention = "model.layers.0.self_attn.";
    assertHeads(
        model.read(), 0, heads, width, d,
        (h, i, j) -> model.at(attention + "q_proj.weight", h * d + j, i),
        (h, i, j) -> model.at(attention + "k_proj.weight", (h / share) * d + j, i),
        (h, i, j) -> model.at(attention + "v_proj.weight", (h / share) * d + j, i),
        (h, i, j) -> model.at(attention + "o_proj.weight", i, h * d + j));
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 3", "3, 1, 2"})
  void phi3HoldsQueriesThenKeysThenValues(int heads, int keyValueHeads, int d) {
    TinyModel model = TinyModels.phi3(heads, keyValueHeads, d);
    int share = heads / keyValueHeads;
    String fused = "model.layers.0.self_attn.qkv_proj.weight";
    assertHeads(
        model.read(), 0, heads, heads * d, d,
        (h, i, j) -> model.at(fused, h * d + j, i),
        (h, i, j) -> model.at(fused, heads * d + (h / share) * d + j, i),
        (h, i, j) -> model.at(fused, (heads + keyValueHeads) * d + (h / share) * d + j, i),
        (h, i, j) -> model.at("model.layers.0.self_attn.o_proj.weight", i, h * d + j));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert.", ""})
  void bertHeadsAreRows(String prefix) {
    TinyModel model = TinyModels.bert(prefix, 2, 3);
    String attention = prefix + "encoder.layer.0.attention.";
    assertHeads(
        model.read(), 0, 2, 6, 3,
        (h, i, j) -> model.at(attention + "self.query.weight", h * 3 + j, i),
        (h, i, j) -> model.at(attention + "self.key.weight", h * 3 + j, i),
        (h, i, j) -> model.at(attention + "self.value.weight", h * 3 + j, i),
        (h, i, j) -> model.at(attention + "output.dense.weight", i, h * 3 + j));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit.", ""})
  void vitHeadsAreRows(String prefix) {
    TinyModel model = TinyModels.vit(prefix, 3, 2);
    String attention = prefix + "encoder.layer.0.attention.";
    assertHeads(
        model.read(), 0, 3, 6, 2,
        (h, i, j) -> model.at(attention + "attention.query.weight", h * 2 + j, i),
        (h, i, j) -> model.at(attention + "attention.key.weight", h * 2 + j, i),
        (h, i, j) -> model.at(attention + "attention.value.weight", h * 2 + j, i),
        (h, i, j) -> model.at(attention + "output.dense.weight", i, h * 2 + j));
  }

  @Test
  void partsOfFusedTensorsAreMatricesOfTheirOwn() {
    TinyModel model = TinyModels.gptNeox(2, 3, 1);
    String fused = "gpt_neox.layers.0.attention.query_key_value.weight";
    WeightMatrix keys = TinyModel.matrix(model.read(), fused + "[k]");
    assertEquals("attention.k", keys.role());
    assertEquals(0, keys.layer());
    float[][] values = TinyModel.values(keys.matrix());
    for (int row = 0; row < 6; row++) {
      for (int column = 0; column < 6; column++) {
        assertEquals(model.at(fused, (row / 3) * 9 + 3 + row % 3, column), values[row][column]);
      }
    }
  }

  @Test
  void withoutConfigHeadsAreUnknownAndNoCircuitIsMade() {
    TinyModel model = new TinyModel();
    TinyModels.gpt2("", 2, 3, 1).read().tensors().values()
        .forEach(tensor -> model.tensor(tensor.name(), tensor.shape().toArray()));
    CheckpointReader.Found found = model.found();
    assertEquals("gpt2", found.checkpoint().architecture());
    assertEquals(List.of(), found.checkpoint().circuits());
    assertEquals(null, found.checkpoint().heads());
    assertEquals(6, found.checkpoint().width());
    assertEquals(1, found.checkpoint().depth());
    assertEquals("attention.v", TinyModel.matrix(found.checkpoint(), "h.0.attn.c_attn.weight[v]").role());
    assertTrue(found.warnings().toString().contains("number of heads unknown"), found.warnings().toString());
  }

  @Test
  void interleavedTensorIsNotSplitWhileHeadsAreUnknown() {
    TinyModel model = new TinyModel();
    TinyModels.gptNeox(2, 3, 1).read().tensors().values()
        .forEach(tensor -> model.tensor(tensor.name(), tensor.shape().toArray()));
    Checkpoint checkpoint = model.read();
    String fused = "gpt_neox.layers.0.attention.query_key_value.weight";
    assertEquals("matrix", TinyModel.matrix(checkpoint, fused).role());
    assertTrue(TinyModel.reason(checkpoint, fused).contains("cannot be split"));
  }
}
