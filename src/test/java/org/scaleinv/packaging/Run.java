package org.scaleinv.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a finished process left. */
record Run(int status, String out, String err) {

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static Run in(Path folder, String... command) throws IOException, InterruptedException {
    return in(folder, Map.of(), command);
  }

  /** Runs {@code command} in {@code folder}, with {@code environment} over this process's own, for at most a minute. */
  static Run in(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return start(folder, environment, command).end();
  }

  static Started start(Path folder, Map<String, String> environment, String... command) throws IOException {
    Path out = Files.createTempFile("run", ".out");
    Path err = Files.createTempFile("run", ".err");
    var builder = new ProcessBuilder(command).directory(folder.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }

  /** A process that runs, and the files its output goes to. */
  record Started(Process process, Path out, Path err) {

    Run end() throws IOException, InterruptedException {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("still running after a minute: " + process.info().commandLine().orElse("?"));
      }
      var run = new Run(process.exitValue(), read(out), read(err));
      Files.delete(out);
      Files.delete(err);
      return run;
    }

    private static String read(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }
  }
}
