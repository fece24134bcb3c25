package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.report.ArraysFile;
import org.scaleinv.report.Schemas;
import org.scaleinv.safetensors.ModelFiles;

class MeasureCommandTest {
  private static final Path SMALL = Cli.model("d32-l2-s0");
  private static final Path LARGER = Cli.model("d48-l3-s0");

  @TempDir
  Path folder;

  private static Cli measured(Object... arguments) {
    Object[] line = Stream.concat(Stream.of("measure"), Stream.of(arguments)).toArray();
    Cli run = Cli.run(line);
    assertEquals(0, run.code(), run.err());
    return run;
  }

  @Test
  void filesFollowTheirFormats() throws IOException {
    measured(SMALL, "-o", folder, "--quiet");
    String json = Files.readString(folder.resolve("profile.json"));
    Schemas.assertValid("profile", json);
    JsonNode profile = new ObjectMapper().readTree(json);
    assertEquals(profile.get("arrays").textValue(), ArraysFile.digest(folder.resolve("arrays.safetensors")));
    long rows = Files.lines(folder.resolve("measurements.csv")).count() - 1;
    assertEquals(profile.get("measurements").size(), rows);
    try (ModelFiles arrays = ModelFiles.open(folder.resolve("arrays.safetensors").toString())) {
      assertEquals(32, arrays.tensors().get("spectrum/wte.weight").shape().size());
    }
  }

  @Test
  void resultsAreEqualToTheByteForAnyNumberOfThreads() throws IOException {
    Map<Integer, Path> runs = new HashMap<>();
    for (int threads : new int[] {1, 2, 5}) {
      runs.put(threads, folder.resolve("threads-" + threads));
      measured(LARGER, "-o", runs.get(threads), "--threads", threads, "--quiet");
    }
    for (int threads : new int[] {2, 5}) {
      for (String file : new String[] {"measurements.csv", "arrays.safetensors"}) {
        assertArrayEquals(
            Files.readAllBytes(runs.get(1).resolve(file)), Files.readAllBytes(runs.get(threads).resolve(file)), file);
      }
      assertEquals(withoutProvenance(runs.get(1)), withoutProvenance(runs.get(threads)));
    }
  }

  private static String withoutProvenance(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("profile.json"));
    int begin = text.indexOf("  \"provenance\": {");
    int end = text.indexOf("\n  },", begin);
    assertTrue(begin > 0 && end > begin);
    return text.substring(0, begin) + text.substring(end);
  }

  @Test
  void anotherSeedGivesOtherNullsAndTheSameValues() throws IOException {
    measured(SMALL, "-o", folder.resolve("0"), "--quiet");
    measured(SMALL, "-o", folder.resolve("1"), "--quiet", "--seed", 1);
    JsonNode first = measurement(folder.resolve("0"), 0);
    JsonNode second = measurement(folder.resolve("1"), 0);
    assertEquals(first.get("value"), second.get("value"));
    assertNotEquals(first.get("null"), second.get("null"));
  }

  private static JsonNode measurement(Path folder, int index) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("profile.json").toFile()).get("measurements").get(index);
  }

  @Test
  void standardOutputIsWhatTheFilesHold() throws IOException {
    measured(SMALL, "-o", folder, "--quiet");
    assertEquals(
        Files.readString(folder.resolve("profile.json")),
        measured(SMALL, "-o", folder, "--quiet", "--format", "json").out());
    assertEquals(
        Files.readString(folder.resolve("measurements.csv")),
        measured(SMALL, "--quiet", "--format", "csv").out());
  }

  @Test
  void severalModelsHaveFoldersOfTheirOwnEvenWithEqualNames() throws IOException {
    Path twin = Files.createDirectories(folder.resolve("elsewhere").resolve("d32-l2-s0"));
    Files.copy(Cli.model("d32-l2-s1").resolve("model.safetensors"), twin.resolve("model.safetensors"));
    Path output = folder.resolve("out");
    measured(SMALL, twin, "-o", output, "--quiet", "--no-null");
    try (Stream<Path> files = Files.list(output)) {
      assertEquals("[d32-l2-s0, d32-l2-s0-2]", files.map(Path::getFileName).sorted().toList().toString());
    }
    assertTrue(Files.exists(output.resolve("d32-l2-s0-2").resolve("profile.json")));
  }

  @Test
  void resultsNeverReplaceTheModel() throws IOException {
    Path model = Files.copy(SMALL.resolve("model.safetensors"), folder.resolve("arrays.safetensors"));
    byte[] before = Files.readAllBytes(model);
    Cli run = Cli.run("measure", model, "-o", folder, "--no-null");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("results would replace it"), run.err());
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void resultsMayLieInTheModelsFolder() throws IOException {
    Path model = Files.createDirectory(folder.resolve("m"));
    for (String file : new String[] {"model.safetensors", "config.json"}) {
      Files.copy(SMALL.resolve(file), model.resolve(file));
    }
    measured(model, "-o", model, "--no-null", "--quiet");
    assertTrue(measured(model, "-o", model, "--no-null").err().contains("reused"));
  }

  @Test
  void withoutAFolderNothingIsWrittenAndTheTableIsTheResult() {
    Cli run = measured(SMALL, "--no-null", "--quiet");
    assertEquals("", run.err());
    assertTrue(run.out().contains("spectral.stable_rank"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 120), run.out());
  }

  @Test
  void aFinishedProfileIsReusedAndNotTouched() throws IOException {
    measured(SMALL, "-o", folder);
    Path profile = folder.resolve("profile.json");
    FileTime written = Files.getLastModifiedTime(profile);
    String text = Files.readString(profile);
    Cli second = measured(SMALL, "-o", folder);
    assertTrue(second.err().contains("reused " + profile), second.err());
    assertEquals(text, Files.readString(profile));
    assertEquals(written, Files.getLastModifiedTime(profile));
  }

  @Test
  void aLostTableOfMeasurementsIsRestoredFromTheProfile() throws IOException {
    measured(SMALL, "-o", folder, "--quiet");
    Path csv = folder.resolve("measurements.csv");
    String text = Files.readString(csv);
    Files.delete(csv);
    assertTrue(measured(SMALL, "-o", folder).err().contains("reused"));
    assertEquals(text, Files.readString(csv));
  }

  @Test
  void aProfileOfOtherTermsIsMeasuredAgain() throws IOException {
    measured(SMALL, "-o", folder, "--quiet", "--no-null");
    assertMeasuredAgain("other settings", SMALL);
    assertMeasuredAgain("another model", LARGER);
  }

  @Test
  void aModelWhoseWeightsChangedIsMeasuredAgain() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    for (String file : new String[] {"model.safetensors", "config.json"}) {
      Files.copy(SMALL.resolve(file), model.resolve(file));
    }
    Path output = folder.resolve("out");
    measured(model, "-o", output, "--quiet");
    Path other = Cli.model("d32-l2-s1").resolve("model.safetensors");
    Files.copy(other, model.resolve("model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    Cli changed = measured(model, "-o", output);
    assertFalse(changed.err().contains("reused"), changed.err());
    assertTrue(changed.err().contains("is of other weights: measuring again"), changed.err());
    assertTrue(measured(model, "-o", output).err().contains("reused"));
  }

  @Test
  void aProfileOfAnotherVersionIsMeasuredAgain() throws IOException {
    measured(SMALL, "-o", folder, "--quiet");
    Path file = folder.resolve("profile.json");
    ObjectNode profile = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    ((ObjectNode) profile.get("provenance")).put("version", "0.0.1");
    Files.writeString(file, profile.toString());
    assertMeasuredAgain("version", SMALL);
  }

  @Test
  void aDamagedProfileIsNotTrusted() throws IOException {
    measured(SMALL, "-o", folder, "--quiet");
    Path profile = folder.resolve("profile.json");
    Files.writeString(profile, Files.readString(profile).substring(0, 5000), StandardCharsets.UTF_8);
    assertMeasuredAgain("expected JSON", SMALL);
  }

  @Test
  void aProfileWhoseArraysAreNotItsOwnIsNotTrusted() throws IOException {
    measured(SMALL, "-o", folder, "--quiet");
    Path arrays = folder.resolve("arrays.safetensors");
    byte[] bytes = Files.readAllBytes(arrays);
    bytes[bytes.length - 1] ^= 1;
    Files.write(arrays, bytes);
    assertMeasuredAgain("arrays.safetensors is not the file", SMALL);
  }

  private void assertMeasuredAgain(String reason, Path model) {
    Cli run = measured(model, "-o", folder);
    assertFalse(run.err().contains("reused"), run.err());
    assertTrue(run.err().contains(reason) && run.err().contains("measuring again"), run.err());
    assertTrue(measured(model, "-o", folder).err().contains("reused"), "the new profile holds");
  }
}
