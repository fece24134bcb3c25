package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.error.BadInput;

class ModelConfigTest {
  @TempDir
  private Path folder;

  private ModelConfig read(String json) throws IOException {
    return ModelConfig.read(Files.writeString(folder.resolve("config.json"), json));
  }

  private void assertRefused(String rule, String expected, BadInput e) {
    assertEquals(rule, e.rule());
    assertTrue(e.getMessage().startsWith(folder.resolve("config.json") + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "3", "null", "{\"a\": 1", "{\"a\": 1} x", "{\"a\": 1, \"a\": 2}", "not json"})
  void anythingButOneObjectIsRefused(String json) {
    assertRefused(
        "config-not-json", "expected a JSON object, found", assertThrows(BadInput.class, () -> read(json)));
  }

  @Test
  void absurdNestingIsRefused() {
    String json = "[".repeat(100_000);
    assertRefused(
        "config-not-json", "expected a JSON object, found", assertThrows(BadInput.class, () -> read(json)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1.5", "\"12\"", "true", "[1]", "{}", "99999999999"})
  void sizesArePositiveIntegers(String value) throws IOException {
    ModelConfig config = read("{\"n_head\": " + value + "}");
    assertRefused(
        "config-value",
        "key \"n_head\": expected a positive integer, found ",
        assertThrows(BadInput.class, () -> config.positive(List.of("n_head"))));
  }

  @Test
  void otherKeysHaveTheirTypes() throws IOException {
    ModelConfig config = read("{\"model_type\": 3, \"tie_word_embeddings\": \"yes\"}");
    assertRefused(
        "config-value", "key \"model_type\": expected a string, found \"3\"",
        assertThrows(BadInput.class, config::modelType));
    assertRefused(
        "config-value", "key \"tie_word_embeddings\": expected true or false, found \"yes\"",
        assertThrows(BadInput.class, config::tied));
  }

  @Test
  void nullAndAbsentAreUnknown() throws IOException {
    ModelConfig config = read("{\"n_inner\": null, \"limits\": [0.0, Infinity, NaN], \"b\": 7}");
    assertEquals(Optional.empty(), config.positive(List.of("n_inner", "a")));
    assertEquals(Optional.of(7), config.positive(List.of("n_inner", "a", "b")));
    assertEquals(Optional.empty(), config.modelType());
    assertEquals(Optional.empty(), config.tied());
  }

  @Test
  void aHostileValueIsEscaped() throws IOException {
    ModelConfig config = read("{\"n_head\": \"\\u001b[2J\"}");
    BadInput e = assertThrows(BadInput.class, () -> config.positive(List.of("n_head")));
    assertTrue(e.getMessage().endsWith("found \"\\u001b[2J\""), e.getMessage());
  }
}
