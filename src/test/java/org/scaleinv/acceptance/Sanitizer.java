package org.scaleinv.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scaleinv.acceptance.Part.Outcome;
import org.scaleinv.run.bench.DeviceBench;

/** NVIDIA's compute-sanitizer over one small run of every operation. */
final class Sanitizer {
  static final List<String> TOOLS = List.of("memcheck", "racecheck", "initcheck", "synccheck");

  private static final int FOUND_SOMETHING = 97;
  private static final String MARK = "=========";
  private static final int MOST_LINES = 20;

  private final String program;
  private final Duration limit;

  /** @param program as {@link #find} found it */
  Sanitizer(String program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  /** What the program is called here: of CUDA_HOME or CUDA_PATH, of PATH, of /usr/local/cuda; null where it is not. */
  static String find(Map<String, String> environment) {
    Stream<String> toolkits =
        Stream.of("CUDA_HOME", "CUDA_PATH").map(environment::get).filter(folder -> folder != null).map(f -> f + "/bin");
    Stream<String> path = Stream.of(environment.getOrDefault("PATH", "").split(":"));
    return Stream.of(toolkits, path, Stream.of("/usr/local/cuda/bin"))
        .flatMap(folders -> folders)
        .map(folder -> Path.of(folder, "compute-sanitizer"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  Outcome run(String tool, Options options) throws IOException, InterruptedException {
    List<String> before =
        List.of(
            program, "--tool", tool, "--target-processes", "all", "--error-exitcode", String.valueOf(FOUND_SOMETHING));
    Child child =
        Child.java(
            limit, before, Map.of(), DeviceBench.class.getName(), options.engine(), String.valueOf(options.device()),
            "once");
    List<String> said =
        new ArrayList<>((child.out() + child.err()).lines().filter(line -> line.startsWith(MARK)).toList());
    if (child.exit() == 0) {
      return Outcome.passed(said.isEmpty() ? List.of() : List.of(said.getLast()));
    }
    if (said.size() > MOST_LINES) {
      said.subList(MOST_LINES, said.size()).clear();
      said.add("and more; " + tool + " again for all");
    }
    String why = child.exit() == FOUND_SOMETHING ? tool + " found something" : child.whyItFailed(limit);
    return Outcome.failed(why, said);
  }
}
