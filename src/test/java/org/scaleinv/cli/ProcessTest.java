package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
class ProcessTest {
  @TempDir
  Path folder;

  private ProcessBuilder command(Object... arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectError(errors().toFile());
  }

  private Path errors() {
    return folder.resolve("errors");
  }

  private String end(Process process, int code) throws IOException, InterruptedException {
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
    String errors = Files.readString(errors());
    assertEquals(code, process.exitValue(), errors);
    return errors;
  }

  @Test
  void badInputEndsTheProcessWithCode3() throws Exception {
    Path file = Files.write(folder.resolve("bad.safetensors"), new byte[] {1, 2, 3});
    String errors = end(command("measure", file).start(), 3);
    assertTrue(errors.startsWith("scaleinv: " + file + ": "), errors);
    assertEquals(1, errors.lines().count(), errors);
  }

  @Test
  void aSignalEndsLongWorkWithCode130AndNoFileOrTrace() throws Exception {
    Path output = folder.resolve("out");
    Object[] work = {"measure", Cli.model("d128-l8-s0"), "-o", output, "--null", "permuted", "--null-draws", 100_000};
    Process run = command(work).start();
    while (run.isAlive() && !Files.exists(output)) {
      Thread.sleep(20);
    }
    Thread.sleep(200);
    run.destroy();
    assertEquals("scaleinv: interrupted\n", end(run, 130));
    assertEquals(0, output.toFile().list().length);
  }

  @Test
  void aSignalEndsAReductionToo() throws Exception {
    StringBuilder cloud = new StringBuilder();
    var random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      cloud.append(random.nextDouble());
      for (int c = 1; c < 8; c++) {
        cloud.append(' ').append(random.nextDouble());
      }
      cloud.append('\n');
    }
    Path points = Files.writeString(folder.resolve("points.txt"), cloud);
    Path output = folder.resolve("out");
    Process run = command("homology", points, "--dim", 4, "-o", output, "--quiet").start();
    while (run.isAlive() && !Files.exists(output)) {
      Thread.sleep(20);
    }
    Thread.sleep(300);
    run.destroy();
    assertEquals("scaleinv: interrupted\n", end(run, 130));
    assertEquals(0, output.toFile().list().length);
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
    Process run = command("measure", Cli.model("d48-l3-s0"), "--format", "csv", "--quiet", "--no-null").start();
    run.getInputStream().close();
    assertEquals("", end(run, 0));
  }

  @Test
  void aFullDiskBehindStandardOutputIsOne() throws Exception {
    ProcessBuilder full = command("--help").redirectOutput(Path.of("/dev/full").toFile());
    assertEquals("scaleinv: cannot write standard output: No space left on device\n", end(full.start(), 4));
  }
}
