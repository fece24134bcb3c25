package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.engine.Solver;
import org.scaleinv.error.BadInput;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.DiagramDistance;
import org.scaleinv.family.ModelDiagrams;
import org.scaleinv.family.Profile;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;
import org.scaleinv.report.ArraysFile;
import org.scaleinv.report.ComparisonFiles;
import org.scaleinv.report.ConservationTable;
import org.scaleinv.report.ProfileFiles;
import org.scaleinv.report.Schemas;

/** Three models of two scales with diagrams made by hand. */
class DiagramDistancesTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;
  private static final Settings SETTINGS =
      new Settings(List.of("topology"), null, NullModel.GAUSSIAN, 2, 1, Solver.QR);

  @TempDir
  Path folder;

  @BeforeEach
  void store() throws IOException {
    // dimension 0: one bar that ends; dimension 1: one loop; the others a shift of it apart
    store("large", 4_000, Map.of("diagram/wte", diagram(0.5), "diagram/own", diagram(1)));
    store("seed", 1_000, Map.of("diagram/wte", diagram(0.25)));
    store("small", 1_000, Map.of("diagram/wte", diagram(0)));
  }

  private static Array diagram(double shift) {
    return Array.table(3, 0, 0, 1 + shift, 0, 0, FOREVER, 1, 1, 3 + shift);
  }

  private void store(String name, long parameters, Map<String, Array> arrays) throws IOException {
    store(name, parameters, arrays, Map.of());
  }

  private void store(String name, long parameters, Map<String, Array> arrays, Map<String, Object> detail)
      throws IOException {
    SortedMap<String, Array> sorted = new TreeMap<>(arrays);
    Path here = Files.createDirectories(folder.resolve(name));
    Profile profile = new Profile(
        new ModelSummary(
            name, name, "gpt2", parameters, parameters, 8, 2, 2, "n" + parameters,
            "%064x".formatted(name.hashCode() & 0xffffffffL)),
        "cpu",
        SETTINGS,
        ArraysFile.digest(sorted),
        new TreeMap<>(Map.of("version", "0.1.0")),
        List.of(),
        List.of(
            new Measurement(
                "topology.euler", Scope.TENSOR, "wte", "embedding.token", null, null, 1.0, null, null, null,
                new TreeMap<>(detail))));
    try (OutputStream json = Files.newOutputStream(here.resolve(ProfileFolder.PROFILE));
        OutputStream data = Files.newOutputStream(here.resolve(ArraysFile.NAME))) {
      ProfileFiles.writeJson(profile, json);
      ArraysFile.write(sorted, data);
    }
  }

  private ComparisonRun.Result compare(int threads) {
    List<String> locations = List.of("large", "seed", "small");
    List<ModelDiagrams> models = locations.stream()
        .map(name -> Member.of(folder.resolve(name).toString(), SETTINGS).withDiagrams())
        .toList();
    return ComparisonRun.compare(models, locations, 0.1, 0.05, threads, Instant.now());
  }

  private static DiagramDistance pair(Comparison comparison, int dimension, String first, String second) {
    return comparison.diagramDistances().stream()
        .filter(d -> d.dimension() == dimension && d.first().equals(first) && d.second().equals(second))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyTwoModelsAreComparedInEachDimension() {
    Comparison found = compare(1).comparison();
    // three pairs of one cloud that all share, two dimensions
    assertEquals(6, found.diagramDistances().size());
    assertEquals(found, compare(3).comparison());
    DiagramDistance loops = pair(found, 1, "small", "large");
    assertEquals(0.5, loops.bottleneck());
    assertEquals(0.5, loops.wasserstein(), 1e-15);
    assertEquals("embedding.token", loops.role());
    assertEquals("wte", loops.cloud());
    assertNull(loops.nullBottleneck());
    assertEquals(0.25, pair(found, 0, "seed", "small").bottleneck());
    assertEquals(2, pair(found, 0, "seed", "large").firstBars());
  }

  @Test
  void nullCloudsOfTwoModelsAreNeverOfOneDraw() throws IOException {
    for (String name : List.of("large", "seed")) {
      store(name, name.equals("large") ? 4_000 : 1_000, Map.of(
          "diagram/wte", diagram(0), "null_diagram/0/wte", diagram(0), "null_diagram/1/wte", diagram(0.125)));
    }
    Comparison found = compare(1).comparison();
    assertEquals(0, pair(found, 1, "seed", "large").bottleneck());
    assertEquals(0.125, pair(found, 1, "seed", "large").nullBottleneck());
    assertEquals(0.125, pair(found, 0, "seed", "large").nullWasserstein(), 1e-15);
    assertNull(pair(found, 1, "small", "large").nullBottleneck());
  }

  @Test
  void theyStandInTheFileAndInTheTable() throws IOException {
    var result = compare(1);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ComparisonFiles.writeJson(result.comparison(), result.provenance(), json);
    String text = json.toString(StandardCharsets.UTF_8);
    Schemas.assertValid("comparison", text);
    assertTrue(text.contains("\"models\": [\"small\", \"large\"], \"bars\": [1, 1], \"bottleneck\": 0.5,"), text);
    String table = ConservationTable.of(result.comparison());
    List<String> loops = new ArrayList<>();
    table.lines().filter(line -> line.startsWith("embedding.token")).forEach(loops::add);
    // seeds 0.25 apart; the large model 0.5 and 0.25 from the two small ones
    assertTrue(loops.getLast().matches("embedding.token +1 +3 +0.2500 +0.3750 +- +0.2500 +0.3750 +-"), table);
    assertTrue(table.lines().allMatch(line -> line.length() <= 120), table);
  }

  @Test
  void unequalNumbersOfPointsAndTokensAreNamed() throws IOException {
    store("large", 4_000, Map.of("diagram/wte", diagram(0)), Map.of("points", 64, "tokens_untrained", 5));
    store("seed", 1_000, Map.of("diagram/wte", diagram(0)), Map.of("points", 48, "tokens_untrained", 7));
    store("small", 1_000, Map.of("diagram/wte", diagram(0)), Map.of("points", 48, "tokens_untrained", 7));
    List<String> warnings = compare(1).comparison().warnings();
    assertTrue(
        warnings.contains(
            "subsamples of clouds have different numbers of points, and topology changes with that alone: "
                + "\"embedding.token\": 48 in \"seed\", \"small\", 64 in \"large\". Compare the models themselves, or "
                + "measure each with --points 48"),
        warnings.toString());
    assertTrue(warnings.stream().anyMatch(w -> w.contains(": 5 in \"large\", 7 in \"seed\", \"small\"")),
        warnings.toString());
    assertFalse(warnings.stream().anyMatch(w -> w.startsWith("diagrams are compared")), warnings.toString());
  }

  @Test
  void cloudsOfSomeModelsAloneAreNamed() throws IOException {
    assertTrue(
        compare(1).comparison().warnings().contains(
            "diagrams are compared between clouds of one name, layers therefore by their number: 1 of 2 clouds are "
                + "missing in some of the models and not compared with these: \"own\""));
    store("large", 4_000, Map.of("diagram/a", diagram(0), "diagram/b", diagram(0), "diagram/c", diagram(0),
        "diagram/d", diagram(0), "diagram/wte", diagram(0)));
    List<String> warnings = compare(1).comparison().warnings();
    assertTrue(
        warnings.stream().anyMatch(w -> w.endsWith("4 of 5 clouds are missing in some of the models and not compared "
            + "with these: \"a\", \"b\", \"c\" and 1 more")),
        warnings.toString());
    assertFalse(warnings.stream().anyMatch(w -> w.startsWith("subsamples")), warnings.toString());
  }

  @Test
  void arraysOfAnotherRunAreRefused() throws IOException {
    Files.copy(folder.resolve("seed").resolve(ArraysFile.NAME), folder.resolve("other"));
    Files.move(folder.resolve("other"), folder.resolve("small").resolve(ArraysFile.NAME),
        StandardCopyOption.REPLACE_EXISTING);
    BadInput refused = assertThrows(BadInput.class, () -> compare(1));
    assertEquals("arrays-digest", refused.rule());
    assertTrue(refused.getMessage().contains(folder.resolve("small").toString()), refused.getMessage());
  }

  @Test
  void aProfileWithoutItsArraysIsNamed() throws IOException {
    Files.delete(folder.resolve("small").resolve(ArraysFile.NAME));
    Comparison found = compare(1).comparison();
    assertEquals(2, found.diagramDistances().size());
    assertTrue(found.warnings().stream().anyMatch(warning -> warning.startsWith("small: no diagrams")));
    assertFalse(found.warnings().stream().anyMatch(warning -> warning.startsWith("large: no diagrams")));
  }
}
