package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.report.Schemas;

class CompareCommandTest {
  private static final List<String> MODELS = List.of("d48-l3-s0", "d32-l2-s0", "d32-l2-s1", "d64-l4-s0");

  @TempDir
  static Path output;
  private static Cli first;

  @BeforeAll
  static void compareOnce() {
    first = compared(MODELS.stream().map(Cli::model).toArray(), "-o", output, "--null-draws", 2);
  }

  private static Cli compared(Object[] inputs, Object... options) {
    List<Object> line = new ArrayList<>(List.of("compare"));
    line.addAll(List.of(inputs));
    line.addAll(List.of(options));
    Cli run = Cli.run(line.toArray());
    assertEquals(0, run.code(), run.err());
    return run;
  }

  private static JsonNode comparison(String json) throws IOException {
    ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(json);
    tree.remove("provenance");
    return tree;
  }

  @Test
  void filesFollowTheirFormat() throws IOException {
    String json = Files.readString(output.resolve("comparison.json"));
    Schemas.assertValid("comparison", json);
    JsonNode tree = comparison(json);
    List<String> names = new ArrayList<>();
    tree.get("models").forEach(model -> names.add(model.get("name").textValue()));
    assertEquals(List.of("d32-l2-s0", "d32-l2-s1", "d48-l3-s0", "d64-l4-s0"), names);
    assertEquals(tree.get("models").get(0).get("scale"), tree.get("models").get(1).get("scale"));
    List<String> csv = Files.readAllLines(output.resolve("comparison.csv"));
    assertEquals(tree.get("rows").size() + 1, csv.size());
    assertTrue(csv.getFirst().contains(",value:d32-l2-s0,value:d32-l2-s1,value:d48-l3-s0,value:d64-l4-s0,error:"));
    JsonNode row = tree.get("rows").get(0);
    assertTrue(csv.get(1).contains("," + row.get("values").get(3) + ","), csv.get(1));
  }

  @Test
  void theTableShowsEveryRowIn120Columns() throws IOException {
    int rows = comparison(Files.readString(output.resolve("comparison.json"))).get("rows").size();
    assertEquals(rows, first.out().lines().filter(line -> line.contains(" → ")).count() - 1);
    assertTrue(first.out().lines().allMatch(line -> line.length() <= 120), first.out());
    assertTrue(first.out().contains("Files: " + output.resolve("comparison.json")), first.out());
  }

  @Test
  void profilesGiveWhatTheirModelsGive() throws IOException {
    Object[] profiles = MODELS.stream().map(output::resolve).toArray();
    profiles[0] = output.resolve("d48-l3-s0").resolve("profile.json");
    String fromProfiles = compared(profiles, "--format", "json", "--quiet").out();
    assertEquals(comparison(Files.readString(output.resolve("comparison.json"))), comparison(fromProfiles));
  }

  @Test
  void profilesInTheFolderAreReused() throws IOException {
    String before = Files.readString(output.resolve("comparison.csv"));
    Cli second = compared(MODELS.stream().map(Cli::model).toArray(), "-o", output, "--null-draws", 2);
    assertEquals(MODELS.size(), second.err().lines().filter(line -> line.contains("reused")).count(), second.err());
    assertEquals(before, Files.readString(output.resolve("comparison.csv")));
  }

  @Test
  void csvOnStandardOutputIsTheFile() throws IOException {
    Object[] profiles = MODELS.stream().map(output::resolve).toArray();
    assertEquals(
        Files.readString(output.resolve("comparison.csv")), compared(profiles, "--format", "csv", "--quiet").out());
  }

  @Test
  void modelsOfOneNameAreToldApart(@TempDir Path folder) throws IOException {
    Path twin = Files.createDirectories(folder.resolve("d32-l2-s0"));
    for (String file : new String[] {"model.safetensors", "config.json"}) {
      Files.copy(Cli.model("d48-l3-s0").resolve(file), twin.resolve(file));
    }
    String json =
        compared(new Object[] {Cli.model("d32-l2-s0"), twin}, "--format", "json", "--no-null", "--quiet").out();
    assertTrue(json.contains("\"name\": \"d32-l2-s0-2\""), json.substring(0, 2000));
  }

  @Test
  void noModelIsMeasuredOverAProfileThatWasGiven(@TempDir Path folder) throws IOException {
    Path given = folder.resolve("d48-l3-s0");
    assertEquals(
        0, Cli.run("measure", Cli.model("d32-l2-s0"), "-o", given, "--no-null", "--quiet").code());
    Files.writeString(
        given.resolve("profile.json"),
        Files.readString(given.resolve("profile.json")).replace("\"d32-l2-s0\"", "\"d48-l3-s0\""));
    byte[] before = Files.readAllBytes(given.resolve("profile.json"));
    compared(new Object[] {given, Cli.model("d48-l3-s0")}, "-o", folder, "--no-null", "--quiet");
    assertArrayEquals(before, Files.readAllBytes(given.resolve("profile.json")));
    assertTrue(Files.exists(folder.resolve("d48-l3-s0-2").resolve("profile.json")));
  }

  @Test
  void modelsOfOneSizeAreRefusedBeforeTheyAreMeasured(@TempDir Path folder) {
    Path results = folder.resolve("out");
    Cli run = Cli.run("compare", Cli.model("d32-l2-s0"), Cli.model("d32-l2-s1"), "-o", results);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("at least two sizes"), run.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void aProfileMeasuredInAnotherWayIsRefusedBeforeModelsAreMeasured(@TempDir Path folder) {
    Path results = folder.resolve("out");
    Cli run =
        Cli.run("compare", output.resolve("d32-l2-s0"), Cli.model("d64-l4-s0"), "--no-null", "-o", results);
    assertFalse(Files.exists(results));
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("null model"), run.err());
    assertFalse(run.out().contains("invariant"), run.out());
  }
}
