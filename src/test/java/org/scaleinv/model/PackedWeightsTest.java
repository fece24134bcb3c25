package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.model.CheckpointReader.Found;
import org.scaleinv.tensor.DType;

/** Quantised weights are refused by name, with everything that belongs to them. */
class PackedWeightsTest {

  private static void assertPacked(TinyModel model, String scheme, String... tensors) {
    Found found = model.tensor("plain.weight", 2, 2).found();
    for (String tensor : tensors) {
      assertEquals("packed weights: " + scheme, TinyModel.reason(found.checkpoint(), tensor));
    }
    assertEquals(
        List.of("plain.weight"), found.checkpoint().matrices().stream().map(WeightMatrix::subject).toList());
    assertEquals(4, found.checkpoint().parameters());
    String warning = tensors.length + " tensors of packed weights are neither measured nor counted as parameters";
    assertTrue(found.warnings().contains(warning), found.warnings().toString());
  }

  @Test
  void gptqAndAwq() {
    TinyModel model =
        new TinyModel().typed("q.qweight", DType.I32, 4, 8).typed("q.qzeros", DType.I32, 2, 1)
            .typed("q.scales", DType.F16, 2, 8).typed("q.g_idx", DType.I32, 32);
    assertPacked(model, "GPTQ or AWQ codes", "q.qweight", "q.qzeros", "q.scales", "q.g_idx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"q.weight_scale", "q.weight_scale_inv", "q.scale_weight"})
  void eightBitFloatsWithAScale(String scale) {
    TinyModel model = new TinyModel().typed("q.weight", DType.F8_E4M3, 4, 8).typed(scale, DType.F32, 2, 2);
    assertPacked(model, "codes with a scale tensor", "q.weight", scale);
  }

  @Test
  void stackedExpertsWithAScale() {
    TinyModel model =
        new TinyModel().typed("experts.down_proj", DType.F8_E4M3, 2, 4, 8)
            .typed("experts.down_proj_scale", DType.BF16, 2, 4, 1);
    assertPacked(model, "codes with a scale tensor", "experts.down_proj", "experts.down_proj_scale");
  }

  @Test
  void bitsandbytes() {
    TinyModel four =
        new TinyModel().typed("q.weight", DType.U8, 16, 1).typed("q.weight.absmax", DType.U8, 4)
            .typed("q.weight.quant_map", DType.F32, 16);
    assertPacked(four, "bitsandbytes 4-bit codes", "q.weight", "q.weight.absmax", "q.weight.quant_map");
    TinyModel eight = new TinyModel().typed("q.weight", DType.I8, 4, 8).typed("q.SCB", DType.F32, 4);
    assertPacked(eight, "bitsandbytes 8-bit codes", "q.weight", "q.SCB");
  }

  @Test
  void microscaledBlocks() {
    TinyModel model =
        new TinyModel().typed("mlp.in_blocks", DType.U8, 2, 4, 8).typed("mlp.in_scales", DType.F8_E8M0, 2, 4);
    assertPacked(model, "MX blocks with scales", "mlp.in_blocks", "mlp.in_scales");
  }

  @Test
  void compressedTensors() {
    TinyModel model =
        new TinyModel().typed("q.weight_packed", DType.I32, 4, 8).typed("q.weight_scale", DType.BF16, 4, 2)
            .typed("q.weight_shape", DType.I64, 2);
    assertPacked(
        model, "compressed-tensors codes", "q.weight_packed", "q.weight_scale", "q.weight_shape");
  }

  @Test
  void eightBitFloatsWithoutAScaleAreWeights() {
    Checkpoint checkpoint = new TinyModel().typed("q.weight", DType.F8_E5M2, 4, 8).read();
    assertEquals(1, checkpoint.matrices().size());
    assertEquals(32, checkpoint.parameters());
  }

  @Test
  void fullPrecisionWeightsMayHaveAGainThatIsCalledScale() {
    Checkpoint checkpoint = new TinyModel().tensor("norm.weight", 4, 4).tensor("norm.scale", 4, 4).read();
    assertEquals(2, checkpoint.matrices().size());
  }

  @Test
  void aLayerWithPackedProjectionsHasNoCircuitsAndSaysSo() {
    Found found =
        TinyModels.llama(8, 2, 1, 4, 2)
            .typed("model.layers.0.self_attn.q_proj.weight", DType.F8_E4M3, 8, 8)
            .typed("model.layers.0.self_attn.q_proj.weight_scale", DType.F32)
            .found();
    assertEquals(2 + 4, found.checkpoint().circuits().size());
    String warning =
        "head circuits left out in 1 of 2 layers: a projection of q, k, v, o is missing or not measured";
    assertTrue(found.warnings().contains(warning), found.warnings().toString());
  }

  @Test
  void aPackedModelIsStillOfItsArchitecture() {
    TinyModel model = new TinyModel().tensor("model.embed_tokens.weight", 11, 8);
    for (int layer = 0; layer < 2; layer++) {
      String h = "model.layers." + layer + ".";
      model.tensor(h + "input_layernorm.weight", 8);
      for (String projection : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
        model.typed(h + "self_attn." + projection + ".qweight", DType.I32, 1, 8)
            .typed(h + "self_attn." + projection + ".scales", DType.F16, 1, 8);
      }
    }
    Checkpoint checkpoint =
        model.config("{\"model_type\": \"llama\", \"hidden_size\": 8, \"num_attention_heads\": 2}").read();
    assertEquals("llama", checkpoint.architecture());
    assertEquals(2, checkpoint.depth());
    assertEquals("embedding.token", TinyModel.matrix(checkpoint, "model.embed_tokens.weight").role());
    assertEquals(2 * 8, checkpoint.parametersWithoutEmbeddings());
    assertEquals(16, checkpoint.unplaced().size());
  }
}
