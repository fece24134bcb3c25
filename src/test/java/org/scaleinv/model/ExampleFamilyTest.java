package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped family, against the counts that its makers wrote down. */
class ExampleFamilyTest {
  private static final Path FAMILY = Path.of("examples", "kjv");

  private record Expected(String model, long width, long depth, long heads, long inner, long all) {}

  static Stream<Expected> models() throws IOException {
    List<String> lines = Files.readAllLines(FAMILY.resolve("capabilities.csv"));
    List<String> columns = Arrays.asList(lines.getFirst().split(","));
    return lines.stream().skip(1).map(line -> {
      String[] cells = line.split(",");
      return new Expected(
          cells[columns.indexOf("model")],
          Long.parseLong(cells[columns.indexOf("n_embd")]),
          Long.parseLong(cells[columns.indexOf("n_layer")]),
          Long.parseLong(cells[columns.indexOf("n_head")]),
          Long.parseLong(cells[columns.indexOf("params_excl_embeddings")]),
          Long.parseLong(cells[columns.indexOf("params_incl_embeddings")]));
    });
  }

  @ParameterizedTest
  @MethodSource("models")
  void sizesAndCountsAreThoseOfTheFamily(Expected expected) {
    try (OpenCheckpoint opened = Checkpoints.open(FAMILY.resolve(expected.model()).toString())) {
      Checkpoint checkpoint = opened.checkpoint();
      assertEquals("gpt2", checkpoint.architecture());
      assertEquals(expected.inner(), checkpoint.parametersWithoutEmbeddings());
      assertEquals(expected.all(), checkpoint.parameters());
      assertEquals(expected.width(), checkpoint.width().longValue());
      assertEquals(expected.depth(), checkpoint.depth().longValue());
      assertEquals(expected.heads(), checkpoint.heads().longValue());
      assertEquals(2 * expected.depth() * expected.heads(), checkpoint.circuits().size());
      assertEquals(2 + 6 * expected.depth(), checkpoint.matrices().size());
      assertEquals(List.of(), checkpoint.unplaced());
      assertEquals(List.of(), opened.warnings());
    }
  }
}
