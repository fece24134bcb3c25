package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.report.ArraysFile;
import org.scaleinv.report.ProfileReader;

class KilledRunTest {
  private static final long SEED = 7;
  private static final List<String> MODELS = List.of("d32-l2-s0", "d32-l2-s1", "d48-l3-s0", "d48-l3-s1");

  /** Moments reach from the first profile to the end of the run; the last run is left to finish. */
  @Test
  void aRunThatIsKilledAgainAndAgainEndsInTheFilesOfOneThatIsNot(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("out");
    Random random = new Random(SEED);
    for (int i = 0; i < 3; i++) {
      int moment = random.nextInt(400);
      kill(moment, output);
      assertProfilesAreWhole(output, "killed " + moment + " ms after the first profile, seed " + SEED);
    }
    assertEquals(0, Cli.run(line(output)).code());
    assertEquals(0, Cli.run(line(folder.resolve("undisturbed"))).code());
    assertEquals(
        Files.readString(folder.resolve("undisturbed").resolve("comparison.csv")),
        Files.readString(output.resolve("comparison.csv")));
    try (Stream<Path> files = Files.walk(output)) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".tmp")).toList());
    }
  }

  private static Object[] line(Path output) {
    List<Object> line = new ArrayList<>(List.of("compare", "-o", output, "--null-draws", 2));
    MODELS.forEach(model -> line.add(Cli.model(model)));
    return line.toArray();
  }

  private static void kill(int milliseconds, Path output) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Stream.of(line(output)).map(Object::toString).forEach(command::add);
    Process run = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    while (run.isAlive() && !Files.exists(output.resolve(MODELS.getFirst()).resolve("profile.json"))) {
      Thread.sleep(10);
    }
    run.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    run.destroyForcibly();
    assertTrue(run.waitFor(10, TimeUnit.SECONDS));
  }

  private static void assertProfilesAreWhole(Path output, String when) throws IOException {
    for (String model : MODELS) {
      Path profile = output.resolve(model).resolve("profile.json");
      if (Files.exists(profile)) {
        String arrays = ArraysFile.digest(profile.resolveSibling("arrays.safetensors"));
        assertEquals(arrays, ProfileReader.read(profile).arraysDigest(), when);
      }
    }
  }
}
