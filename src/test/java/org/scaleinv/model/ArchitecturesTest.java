package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.error.BadInput;
import org.scaleinv.model.ArchitectureTable.TensorRule;
import org.scaleinv.model.CheckpointReader.Found;
import org.scaleinv.tensor.DType;

/** Which table fits, and which role it gives to each tensor. */
class ArchitecturesTest {

  static List<ArchitectureTable> tables() {
    return Architectures.tables();
  }

  private static void assertRole(Checkpoint checkpoint, String tensor, String role, Integer layer) {
    WeightMatrix weight = TinyModel.matrix(checkpoint, tensor);
    assertEquals(role, weight.role(), tensor);
    assertEquals(layer, weight.layer(), tensor);
  }

  private static void assertMismatch(TinyModel model, String... parts) {
    BadInput e = assertThrows(BadInput.class, model::read);
    assertEquals("config-mismatch", e.rule());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void tablesAreWhole(ArchitectureTable table) {
    Set<String> names = new HashSet<>();
    for (TensorRule rule : table.tensors()) {
      assertTrue(names.add(rule.name()), rule.name() + " stands twice");
      assertEquals(rule.roles().size() > 1, rule.split() != null, rule.name());
      for (String role : rule.roles()) {
        assertTrue(Roles.isKnown(role), role);
      }
    }
    for (String name : table.characteristic()) {
      assertTrue(names.contains(name) || name.endsWith("layernorm.weight"), name);
    }
    assertTrue(table.modelTypes().containsAll(table.tiedByDefault()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "transformer."})
  void gpt2(String prefix) {
    Checkpoint checkpoint = TinyModels.gpt2(prefix, 2, 3, 2).tensor("lm_head.weight", 12, 6).read();
    assertEquals("gpt2", checkpoint.architecture());
    assertEquals(List.of(6, 2, 2), List.of(checkpoint.width(), checkpoint.depth(), checkpoint.heads()));
    assertRole(checkpoint, prefix + "wte.weight", "embedding.token", null);
    assertRole(checkpoint, prefix + "wpe.weight", "embedding.position", null);
    assertRole(checkpoint, prefix + "h.1.attn.c_attn.weight[q]", "attention.q", 1);
    assertRole(checkpoint, prefix + "h.1.attn.c_proj.weight", "attention.o", 1);
    assertRole(checkpoint, prefix + "h.0.mlp.c_fc.weight", "mlp.in", 0);
    assertRole(checkpoint, prefix + "h.0.mlp.c_proj.weight", "mlp.out", 0);
    assertRole(checkpoint, "lm_head.weight", "output", null);
    assertEquals(List.of(), checkpoint.unplaced());
  }

  @Test
  void matricesComeInTheOrderOfLayerAndRole() {
    List<String> subjects =
        TinyModels.llama(8, 2, 1, 4, 12).read().matrices().stream().map(WeightMatrix::subject).toList();
    assertEquals("model.embed_tokens.weight", subjects.getFirst());
    assertEquals("lm_head.weight", subjects.getLast());
    String h = "model.layers.1.";
    assertEquals(
        List.of(
            h + "self_attn.q_proj.weight", h + "self_attn.k_proj.weight", h + "self_attn.v_proj.weight",
            h + "self_attn.o_proj.weight", h + "mlp.gate_proj.weight", h + "mlp.up_proj.weight",
            h + "mlp.down_proj.weight", "model.layers.2.self_attn.q_proj.weight"),
        subjects.subList(8, 16));
  }

  @Test
  void phi3SplitsGateFromUp() {
    Checkpoint checkpoint = TinyModels.phi3(2, 1, 4).read();
    String fused = "model.layers.0.mlp.gate_up_proj.weight";
    assertRole(checkpoint, fused + "[gate]", "mlp.gate", 0);
    assertRole(checkpoint, fused + "[in]", "mlp.in", 0);
    assertEquals(13 * 8, TinyModel.matrix(checkpoint, fused + "[in]").matrix().offset());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bert."})
  void bert(String prefix) {
    Checkpoint checkpoint =
        TinyModels.bert(prefix, 2, 3).typed(prefix + "embeddings.position_ids", DType.I64, 1, 7)
            .read();
    assertEquals("bert", checkpoint.architecture());
    assertRole(checkpoint, prefix + "embeddings.token_type_embeddings.weight", "embedding.type", null);
    assertRole(checkpoint, prefix + "encoder.layer.0.attention.output.dense.weight", "attention.o", 0);
    assertRole(checkpoint, prefix + "encoder.layer.0.intermediate.dense.weight", "mlp.in", 0);
    assertRole(checkpoint, prefix + "encoder.layer.0.output.dense.weight", "mlp.out", 0);
    assertRole(checkpoint, prefix + "pooler.dense.weight", "pooler", null);
    assertEquals("a buffer, no parameter", TinyModel.reason(checkpoint, prefix + "embeddings.position_ids"));
    assertEquals((11 + 7 + 2) * 6, checkpoint.parameters() - checkpoint.parametersWithoutEmbeddings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vit."})
  void vit(String prefix) {
    Checkpoint checkpoint = TinyModels.vit(prefix, 2, 3).tensor("classifier.weight", 4, 6).read();
    assertEquals("vit", checkpoint.architecture());
    assertRole(checkpoint, prefix + "embeddings.position_embeddings", "embedding.position", null);
    assertRole(checkpoint, prefix + "embeddings.patch_embeddings.projection.weight", "embedding.patch", null);
    assertRole(checkpoint, "classifier.weight", "classifier", null);
    assertEquals(12, TinyModel.matrix(checkpoint, prefix + "embeddings.patch_embeddings.projection.weight")
        .matrix().columns());
    assertTrue(TinyModel.reason(checkpoint, prefix + "embeddings.cls_token").contains("one row or column"));
    assertEquals(5 * 6, checkpoint.parameters() - checkpoint.parametersWithoutEmbeddings());
  }

  @Test
  void expertsHaveTheirLayersAndRoles() {
    String moe = "model.layers.0.block_sparse_moe.";
    Checkpoint checkpoint =
        TinyModels.llama(8, 2, 1, 4, 1)
            .tensor(moe + "gate.weight", 2, 8)
            .tensor(moe + "experts.0.w1.weight", 5, 8)
            .tensor(moe + "experts.1.w2.weight", 8, 5)
            .tensor("model.layers.0.mlp.experts.7.up_proj.weight", 5, 8)
            .tensor("model.layers.0.mlp.experts.down_proj", 3, 5, 8)
            .read();
    assertRole(checkpoint, moe + "gate.weight", "mlp.router", 0);
    assertRole(checkpoint, moe + "experts.0.w1.weight", "mlp.gate", 0);
    assertRole(checkpoint, moe + "experts.1.w2.weight", "mlp.out", 0);
    assertRole(checkpoint, "model.layers.0.mlp.experts.7.up_proj.weight", "mlp.in", 0);
    assertRole(checkpoint, "model.layers.0.mlp.experts.down_proj[2]", "mlp.out", 0);
  }

  @Test
  void masksOfOldGpt2FilesAreBuffers() {
    Checkpoint plain = TinyModels.gpt2("", 2, 3, 1).read();
    Checkpoint masked =
        TinyModels.gpt2("", 2, 3, 1).tensor("h.0.attn.bias", 1, 1, 7, 7).tensor("h.0.attn.masked_bias").read();
    assertEquals(plain.parameters(), masked.parameters());
    assertEquals("a buffer, no parameter", TinyModel.reason(masked, "h.0.attn.bias"));
    assertEquals("a buffer, no parameter", TinyModel.reason(masked, "h.0.attn.masked_bias"));
  }

  @Test
  void aTensorWithoutRoleIsMeasuredAndListed() {
    Checkpoint checkpoint = TinyModels.gpt2("", 2, 3, 1).tensor("h.0.crossattention.c_attn.weight", 6, 12).read();
    assertRole(checkpoint, "h.0.crossattention.c_attn.weight", "matrix", 0);
    assertEquals(
        "no role in the gpt2 table: measured as matrix",
        TinyModel.reason(checkpoint, "h.0.crossattention.c_attn.weight"));
  }

  @Test
  void anUnlistedModelTypeIsReadByItsNames() {
    Found found =
        TinyModels.llama(8, 2, 1, 4, 1)
            .config(
                "{\"model_type\": \"new\", \"num_attention_heads\": 2, \"num_key_value_heads\": 1, \"head_dim\": 4}")
            .found();
    assertEquals("llama", found.checkpoint().architecture());
    assertEquals(4, found.checkpoint().circuits().size());
    assertEquals(List.of("model_type \"new\" is read as llama, by its tensors' names"), found.warnings());
  }

  @Test
  void namesAloneDoNotMakeAnArchitectureThatTheShapesContradict() {
    Found found =
        TinyModels.llama(8, 2, 1, 4, 1)
            .config("{\"model_type\": \"new\", \"num_attention_heads\": 4, \"head_dim\": 4}")
            .found();
    assertEquals("unknown", found.checkpoint().architecture());
    assertRole(found.checkpoint(), "model.layers.0.self_attn.q_proj.weight", "matrix", 0);
    assertEquals(List.of(), found.checkpoint().circuits());
    String why = "k_proj.weight\" of shape [4, 8], attention.k: expected 16 outputs (4 heads of width 4), found 4";
    assertTrue(found.warnings().getFirst().endsWith(why), found.warnings().toString());
  }

  @Test
  void aModelTypeWhoseNamesAreAbsentIsAWarning() {
    Found found = new TinyModel().tensor("w", 2, 2).config("{\"model_type\": \"gpt2\"}").found();
    assertEquals("unknown", found.checkpoint().architecture());
    assertEquals("model_type is \"gpt2\", but the tensors' names are not those of gpt2", found.warnings().getFirst());
  }

  @Test
  void languagePartOfALargerConfigIsRead() {
    Checkpoint checkpoint =
        TinyModels.llama(8, 2, 1, 4, 1)
            .config(
                "{\"model_type\": \"gemma3\", \"text_config\": {\"hidden_size\": 8, \"num_hidden_layers\": 1,"
                    + " \"num_attention_heads\": 2, \"num_key_value_heads\": 1, \"head_dim\": 4}}")
            .read();
    assertEquals(4, checkpoint.circuits().size());
  }

  @Test
  void sizesThatContradictTheShapesAreRefused() {
    assertMismatch(
        TinyModels.gpt2("", 2, 3, 1).config("{\"model_type\": \"gpt2\", \"n_embd\": 12, \"n_head\": 2}"),
        "\"h.0.attn.c_attn.weight\" of shape [6, 18], attention.q", "expected 12 inputs", "found 6");
    assertMismatch(
        TinyModels.llama(8, 2, 1, 4, 1)
            .config("{\"model_type\": \"llama\", \"num_attention_heads\": 2, \"head_dim\": 4}"),
        "k_proj.weight\" of shape [4, 8], attention.k: expected 8 outputs (2 heads of width 4), found 4");
    assertMismatch(
        TinyModels.gpt2("", 2, 3, 1).config("{\"model_type\": \"gpt2\", \"n_embd\": 6, \"n_head\": 4}"),
        "config.json: key \"n_head\": expected a divisor of 6 (n_embd), found 4");
    assertMismatch(
        TinyModels.phi3(2, 1, 4)
            .config("{\"model_type\": \"phi3\", \"hidden_size\": 8, \"num_attention_heads\": 2}"),
        "qkv_proj.weight\" of shape [16, 8]: expected 24 outputs for attention.q, attention.k, attention.v, found 16");
    assertMismatch(
        TinyModels.gpt2("", 2, 3, 1).tensor("h.0.attn.c_proj.weight", 6, 2, 3),
        "\"h.0.attn.c_proj.weight\", attention.o: expected rank 2, found shape [6, 2, 3]");
  }

  @Test
  void missingLayersAreAWarning() {
    Found found =
        TinyModels.gpt2("", 2, 3, 2).config("{\"model_type\": \"gpt2\", \"n_layer\": 5, \"n_head\": 2}").found();
    assertEquals(
        List.of("the tensors hold layers 0 to 1 (2 in all), where config.json says 5"), found.warnings());
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void aStoredTiedOutputCountsOnce(boolean tied, boolean measured) {
    TinyModel model =
        TinyModels.llama(8, 2, 1, 4, 1)
            .config(
                "{\"model_type\": \"llama\", \"num_attention_heads\": 2, \"num_key_value_heads\": 1, \"head_dim\": 4,"
                    + " \"tie_word_embeddings\": " + tied + "}");
    Checkpoint checkpoint = model.read();
    long inner = 8 + 2 * 64 + 2 * 32 + 3 * 13 * 8;
    assertEquals(inner, checkpoint.parametersWithoutEmbeddings());
    assertEquals(inner + (tied ? 1 : 2) * 11 * 8, checkpoint.parameters());
    assertEquals(measured, checkpoint.matrices().stream().anyMatch(w -> w.role().equals("output")));
    if (tied) {
      assertEquals(
          "tied to \"model.embed_tokens.weight\": the same matrix", TinyModel.reason(checkpoint, "lm_head.weight"));
    }
  }

  @Test
  void gpt2IsTiedWhereConfigDoesNotSay() {
    Checkpoint stored = TinyModels.gpt2("transformer.", 2, 3, 1).tensor("lm_head.weight", 11, 6).read();
    assertEquals(TinyModels.gpt2("transformer.", 2, 3, 1).read().parameters(), stored.parameters());
  }

  /** Warm, this takes 0.2 s on one core; anything quadratic takes minutes. */
  @Test
  void aHundredThousandTensorsArePlacedInSeconds() {
    TinyModel model = new TinyModel();
    for (int i = 0; i < 100_000; i++) {
      model.tensor("blocks." + i + ".w", 1);
    }
    int placed = assertTimeout(Duration.ofSeconds(20), () -> Inventory.of(model.read()).size());
    assertEquals(100_000, placed);
  }
}
