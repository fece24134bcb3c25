package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.report.Schemas;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class TopologyCommandTest {
  private static final Object[] SMALL = {"--dimension", 1, "--subsamples", 2, "--select", "wte|h.0.mlp.c_fc"};

  @TempDir
  static Path folder;

  private static Cli run(String command, List<?> inputs, Object... options) {
    List<Object> line = new ArrayList<>(List.of(command, "--quiet"));
    line.addAll(inputs);
    line.addAll(List.of(SMALL));
    line.addAll(List.of(options));
    Cli run = Cli.run(line.toArray());
    assertEquals(0, run.code(), run.err());
    return run;
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static JsonNode row(JsonNode profile, String invariant, String role) {
    for (JsonNode row : profile.get("measurements")) {
      if (row.get("invariant").textValue().equals(invariant) && row.get("role").textValue().equals(role)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + invariant + ", " + role);
  }

  @Test
  void twoFamiliesStandInOneProfileAndItIsReused() throws IOException {
    Path output = folder.resolve("both");
    Path model = Cli.model("d32-l2-s0");
    run("measure", List.of(model), "-f", "spectral,topology", "-o", output);
    Path file = output.resolve("profile.json");
    Schemas.assertValid("profile", Files.readString(file));
    JsonNode profile = json(file);
    assertEquals(2, profile.get("settings").get("clouds").get("subsamples").intValue());
    JsonNode tokens = row(profile, "topology.two_nn_dimension", "embedding.token");
    assertEquals(194, tokens.get("detail").get("tokens_untrained").intValue());
    assertEquals(256, tokens.get("detail").get("tokens_examined").intValue());
    assertTrue(row(profile, "spectral.stable_rank", "embedding.token").get("value").isNumber());
    Cli again = Cli.run("measure", model, "-f", "spectral,topology", "--dimension", 1, "--subsamples", 2, "--select",
        "wte|h.0.mlp.c_fc", "-o", output);
    assertTrue(again.err().contains("reused"), again.err());
    Cli other = Cli.run("measure", model, "-f", "spectral,topology", "--dimension", 1, "--subsamples", 3, "--select",
        "wte|h.0.mlp.c_fc", "-o", output);
    assertFalse(other.err().contains("reused"), other.err());
  }

  /** 128 and 192 hidden units: both give four fifths of 128. */
  @Test
  void aFamilyIsComparedOnEqualNumbersOfPoints() throws IOException {
    Path output = folder.resolve("family");
    List<Path> models = List.of(Cli.model("d32-l2-s0"), Cli.model("d48-l3-s0"));
    run("compare", models, "-f", "topology", "-o", output);
    Schemas.assertValid("comparison", Files.readString(output.resolve("comparison.json")));
    TreeSet<Integer> points = new TreeSet<>();
    for (Path model : models) {
      JsonNode profile = json(output.resolve(model.getFileName()).resolve("profile.json"));
      assertEquals(102, profile.get("settings").get("clouds").get("agreed_points").get("mlp.in").intValue());
      assertTrue(profile.get("settings").get("clouds").get("tokens").isNull(), "both show the same");
      points.add(row(profile, "topology.euler", "mlp.in").get("detail").get("points").intValue());
    }
    assertEquals(new TreeSet<>(List.of(102)), points);
    // one of them as a profile: the other is measured as that one was
    List<Path> mixed = List.of(output.resolve("d32-l2-s0"), Cli.model("d48-l3-s0"));
    Cli again = run("compare", mixed, "-f", "topology", "--format", "csv");
    assertEquals(Files.readString(output.resolve("comparison.csv")), again.out());
  }

  @Test
  void tokensAreTakenFromAFile() throws IOException {
    Path output = folder.resolve("tokens");
    Path given = folder.resolve("tokens.safetensors");
    long[] tokens = IntStream.range(0, 120).mapToLong(i -> 32 + i % 40).toArray();
    try (FileChannel file = FileChannel.open(given, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Tensor tensor = Tensor.of("tokens", DType.I64, Shape.of(3, 40), MemorySegment.ofArray(tokens));
      SafetensorsWriter.write(file, given.toString(), List.of(tensor), Map.of());
    }
    run("measure", List.of(Cli.model("d32-l2-s0")), "-f", "topology", "--tokens", given, "-o", output);
    JsonNode profile = json(output.resolve("profile.json"));
    assertEquals(40, profile.get("settings").get("clouds").get("tokens").size());
    JsonNode detail = row(profile, "topology.two_nn_dimension", "embedding.token").get("detail");
    assertEquals(40, detail.get("tokens_given").intValue());
    assertEquals(32, detail.get("points").intValue());
  }

  @ParameterizedTest
  @CsvSource({"--dimension, -1", "--points, 0", "--subsamples, 0"})
  void whatCannotBeIsAUsageError(String option, String value) {
    Cli run = Cli.run("measure", Cli.model("d32-l2-s0"), "-f", "topology", option, value);
    assertEquals(2, run.code());
    assertTrue(run.err().contains(option + " has to be at least"), run.err());
  }

  @Test
  void aFileWithoutTokensIsNamed() {
    Path model = Cli.model("d32-l2-s0");
    Cli run = Cli.run("measure", model, "-f", "topology", "--tokens", model.resolve("model.safetensors"));
    assertEquals(3, run.code());
    assertTrue(run.err().contains("expected a tensor \"input_ids\" or \"tokens\", found neither"), run.err());
  }
}
