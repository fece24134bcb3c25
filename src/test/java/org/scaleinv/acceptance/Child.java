package org.scaleinv.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What became of a process that was run: whatever happens to the device or the driver in it happens to it alone.
 *
 * @param exit its status; −1 when it was ended for running too long
 */
record Child(int exit, String out, String err) {
  /** What is passed on to every process: where the emulated driver lies. */
  private static final List<String> INHERITED = List.of("scaleinv.emulator", "scaleinv.home");

  private static final String UNCAUGHT = "Exception in thread \"main\" ";

  /** Runs a class's main with this process's class path. */
  static Child java(Duration limit, List<String> before, Map<String, String> properties, String main,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    for (String name : INHERITED) {
      if (System.getProperty(name) != null) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(main);
    command.addAll(List.of(arguments));
    return run(limit, command);
  }

  static Child run(Duration limit, List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("scaleinv-acceptance", ".out");
    Path err = Files.createTempFile("scaleinv-acceptance", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      // tests find the project's files from its folder
      if (System.getProperty("scaleinv.home") != null) {
        builder.directory(new File(System.getProperty("scaleinv.home")));
      }
      Process process = builder.start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        // the parent first, which would tell of the others' end
        List<ProcessHandle> others = process.descendants().toList();
        process.destroyForcibly().waitFor();
        others.forEach(ProcessHandle::destroyForcibly);
      }
      return new Child(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** In one line, for a reader: what an uncaught exception said, else what was said last. */
  String whyItFailed(Duration limit) {
    String said = reason(err.isBlank() ? out : err);
    String end = exit < 0 ? "ended after " + limit.toSeconds() + " s" : "exit status " + exit;
    return said.isEmpty() ? end : end + ": " + said;
  }

  private static String reason(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.startsWith(UNCAUGHT))
        .findFirst()
        .map(line -> line.substring(UNCAUGHT.length()))
        .orElse(lines.isEmpty() ? "" : lines.getLast());
  }
}
