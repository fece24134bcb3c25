package org.scaleinv.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;

/** A model's config.json. Of models that see and read, the part on language may stand under text_config. */
record ModelConfig(Path path, JsonNode root) {
  private static final long LARGEST = 16L << 20;

  /** Python writes NaN and Infinity into JSON, so they are read; a key given twice is not. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws BadInput when it cannot be read ({@code config-unreadable}) or is no JSON object ({@code config-not-json})
   */
  static ModelConfig read(Path path) {
    JsonNode root;
    try {
      long size = Files.size(path);
      if (size > LARGEST) {
        throw new BadInput(
            "config-unreadable", shown(path) + ": expected at most " + LARGEST + " bytes, found " + size);
      }
      if (!Files.isRegularFile(path)) {
        throw new BadInput(
            "config-unreadable", shown(path) + ": expected a regular file, found a folder or a device");
      }
      root = JSON.readTree(Files.readAllBytes(path));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new BadInput(
          "config-not-json",
          shown(path) + ": expected a JSON object, found" + where + ": " + Escape.quoted(e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new BadInput("config-unreadable", shown(path) + ": cannot be read: " + Reason.of(e), e);
    }
    if (!root.isObject()) {
      throw new BadInput(
          "config-not-json", shown(path) + ": expected a JSON object, found " + found(root));
    }
    return new ModelConfig(path, root);
  }

  Optional<String> modelType() {
    return value("model_type").map(node -> {
      if (!node.isTextual()) {
        throw unexpected("model_type", "a string", node);
      }
      return node.textValue();
    });
  }

  /** Whether the output matrix is the token embedding; empty where config.json does not say. */
  Optional<Boolean> tied() {
    return value("tie_word_embeddings").map(node -> {
      if (!node.isBoolean()) {
        throw unexpected("tie_word_embeddings", "true or false", node);
      }
      return node.booleanValue();
    });
  }

  /** The value of the first of these keys that is there. */
  Optional<Integer> positive(List<String> keys) {
    for (String key : keys) {
      Optional<JsonNode> node = value(key);
      if (node.isPresent()) {
        if (!node.get().canConvertToInt() || !node.get().isIntegralNumber() || node.get().intValue() < 1) {
          throw unexpected(key, "a positive integer", node.get());
        }
        return Optional.of(node.get().intValue());
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> value(String key) {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      node = root.path("text_config").get(key);
    }
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private BadInput unexpected(String key, String expected, JsonNode node) {
    return new BadInput(
        "config-value",
        shown(path) + ": key " + Escape.quoted(key) + ": expected " + expected + ", found " + found(node));
  }

  private static String found(JsonNode node) {
    return node.isContainerNode() || node.isMissingNode()
        ? node.getNodeType().name().toLowerCase(Locale.ROOT)
        : Escape.quoted(node.asText());
  }

  private static String shown(Path path) {
    return Escape.visible(path.toString());
  }
}
