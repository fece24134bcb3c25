package org.scaleinv.model;

/** Models of each known architecture with the names and shapes that its definition gives them. */
final class TinyModels {
  private TinyModels() {}

  static TinyModel gpt2(String prefix, int heads, int headWidth, int layers) {
    int width = heads * headWidth;
    TinyModel model =
        new TinyModel().tensor(prefix + "wte.weight", 11, width).tensor(prefix + "wpe.weight", 7, width);
    for (int layer = 0; layer < layers; layer++) {
      String h = prefix + "h." + layer + ".";
      model
          .tensor(h + "ln_1.weight", width)
          .tensor(h + "attn.c_attn.weight", width, 3L * width)
          .tensor(h + "attn.c_attn.bias", 3L * width)
          .tensor(h + "attn.c_proj.weight", width, width)
          .tensor(h + "mlp.c_fc.weight", width, 4L * width)
          .tensor(h + "mlp.c_proj.weight", 4L * width, width);
    }
    return model.config(
        "{\"model_type\": \"gpt2\", \"n_embd\": %d, \"n_layer\": %d, \"n_head\": %d}"
            .formatted(width, layers, heads));
  }

  static TinyModel gptNeox(int heads, int headWidth, int layers) {
    int width = heads * headWidth;
    TinyModel model = new TinyModel().tensor("gpt_neox.embed_in.weight", 11, width);
    for (int layer = 0; layer < layers; layer++) {
      String h = "gpt_neox.layers." + layer + ".";
      model
          .tensor(h + "attention.query_key_value.weight", 3L * width, width)
          .tensor(h + "attention.dense.weight", width, width)
          .tensor(h + "mlp.dense_h_to_4h.weight", 4L * width, width)
          .tensor(h + "mlp.dense_4h_to_h.weight", width, 4L * width);
    }
    return model.tensor("embed_out.weight", 11, width).config(config("gpt_neox", width, layers, heads, ""));
  }

  /** Queries of {@code heads}, keys and values of {@code keyValueHeads}; the width is free of both. */
  static TinyModel llama(int width, int heads, int keyValueHeads, int headWidth, int layers) {
    TinyModel model = new TinyModel().tensor("model.embed_tokens.weight", 11, width);
    for (int layer = 0; layer < layers; layer++) {
      String h = "model.layers." + layer + ".";
      model
          .tensor(h + "input_layernorm.weight", width)
          .tensor(h + "self_attn.q_proj.weight", (long) heads * headWidth, width)
          .tensor(h + "self_attn.k_proj.weight", (long) keyValueHeads * headWidth, width)
          .tensor(h + "self_attn.v_proj.weight", (long) keyValueHeads * headWidth, width)
          .tensor(h + "self_attn.o_proj.weight", width, (long) heads * headWidth)
          .tensor(h + "mlp.gate_proj.weight", 13, width)
          .tensor(h + "mlp.up_proj.weight", 13, width)
          .tensor(h + "mlp.down_proj.weight", width, 13);
    }
    return model
        .tensor("lm_head.weight", 11, width)
        .config(config("llama", width, layers, heads, grouped(keyValueHeads, headWidth)));
  }

  static TinyModel phi3(int heads, int keyValueHeads, int headWidth) {
    int width = heads * headWidth;
    return new TinyModel()
        .tensor("model.embed_tokens.weight", 11, width)
        .tensor("model.layers.0.self_attn.qkv_proj.weight", (heads + 2L * keyValueHeads) * headWidth, width)
        .tensor("model.layers.0.self_attn.o_proj.weight", width, width)
        .tensor("model.layers.0.mlp.gate_up_proj.weight", 26, width)
        .tensor("model.layers.0.mlp.down_proj.weight", width, 13)
        .config(config("phi3", width, 1, heads, ", \"num_key_value_heads\": " + keyValueHeads));
  }

  static TinyModel bert(String prefix, int heads, int headWidth) {
    int width = heads * headWidth;
    String h = prefix + "encoder.layer.0.";
    return new TinyModel()
        .tensor(prefix + "embeddings.word_embeddings.weight", 11, width)
        .tensor(prefix + "embeddings.position_embeddings.weight", 7, width)
        .tensor(prefix + "embeddings.token_type_embeddings.weight", 2, width)
        .tensor(h + "attention.self.query.weight", width, width)
        .tensor(h + "attention.self.key.weight", width, width)
        .tensor(h + "attention.self.value.weight", width, width)
        .tensor(h + "attention.output.dense.weight", width, width)
        .tensor(h + "intermediate.dense.weight", 4L * width, width)
        .tensor(h + "output.dense.weight", width, 4L * width)
        .tensor(prefix + "pooler.dense.weight", width, width)
        .config(config("bert", width, 1, heads, ""));
  }

  static TinyModel vit(String prefix, int heads, int headWidth) {
    int width = heads * headWidth;
    String h = prefix + "encoder.layer.0.";
    return new TinyModel()
        .tensor(prefix + "embeddings.cls_token", 1, 1, width)
        .tensor(prefix + "embeddings.position_embeddings", 1, 5, width)
        .tensor(prefix + "embeddings.patch_embeddings.projection.weight", width, 3, 2, 2)
        .tensor(h + "attention.attention.query.weight", width, width)
        .tensor(h + "attention.attention.key.weight", width, width)
        .tensor(h + "attention.attention.value.weight", width, width)
        .tensor(h + "attention.output.dense.weight", width, width)
        .tensor(h + "intermediate.dense.weight", 4L * width, width)
        .tensor(h + "output.dense.weight", width, 4L * width)
        .config(config("vit", width, 1, heads, ""));
  }

  private static String grouped(int keyValueHeads, int headWidth) {
    return ", \"num_key_value_heads\": %d, \"head_dim\": %d".formatted(keyValueHeads, headWidth);
  }

  private static String config(String type, int width, int layers, int heads, String more) {
    return "{\"model_type\": \"%s\", \"hidden_size\": %d, \"num_hidden_layers\": %d, \"num_attention_heads\": %d%s}"
        .formatted(type, width, layers, heads, more);
  }
}
