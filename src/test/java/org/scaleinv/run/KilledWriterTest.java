package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.family.Profile;
import org.scaleinv.report.ArraysFile;
import org.scaleinv.report.ProfileReader;
import org.scaleinv.safetensors.ModelFiles;

class KilledWriterTest {
  private static final long SEED = 20260101;
  private static final int KILLS = 8;
  private static final Set<String> FILES = Set.of("profile.json", "measurements.csv", "arrays.safetensors");

  @Test
  void aWriterKilledAtAnyMomentLeavesWholeFilesOnly(@TempDir Path folder) throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      int moment = random.nextInt(150);
      killAfter(moment, folder);
      assertWhole(folder, "killed " + moment + " ms after the first profile, seed " + SEED);
    }
    assertTheNextRunTidiesUp(folder);
  }

  private static void killAfter(int milliseconds, Path folder) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process writer = new ProcessBuilder(
        java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        EndlessWriter.class.getName(), folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    assertEquals("written", writer.inputReader().readLine());
    Thread.sleep(milliseconds);
    writer.destroyForcibly();
    assertTrue(writer.waitFor(10, TimeUnit.SECONDS));
  }

  private static void assertWhole(Path folder, String when) throws IOException {
    Path arrays = folder.resolve("arrays.safetensors");
    ModelFiles.open(arrays.toString()).close();
    List<String> csv = Files.readAllLines(folder.resolve("measurements.csv"));
    assertEquals(201, csv.size(), when);
    assertTrue(csv.getLast().endsWith("{}"), when);
    if (Files.exists(folder.resolve("profile.json"))) {
      Profile profile = ProfileReader.read(folder.resolve("profile.json"));
      assertEquals(ArraysFile.digest(arrays), profile.arraysDigest(), when);
      assertEquals(200, profile.measurements().size(), when);
      assertEquals(profile.measurements().getLast().value().toString(), csv.getLast().split(",")[6], when);
    }
  }

  private static void assertTheNextRunTidiesUp(Path folder) throws IOException {
    Outputs.prepare(folder);
    Set<String> left = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.map(file -> file.getFileName().toString()).forEach(left::add);
    }
    assertTrue(FILES.containsAll(left), left.toString());
  }
}
