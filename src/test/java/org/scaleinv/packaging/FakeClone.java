package org.scaleinv.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A clone with the real launcher in which Maven and the JDK are small scripts: Maven notes each build and writes the
 * source's text as the jar; Java prints where and how it was started.
 */
final class FakeClone {
  private static final List<String> TOOLS = List.of("awk", "bash", "c++", "cat", "cksum", "cmake", "date", "dirname", "env",
      "find", "flock", "grep", "head", "make", "mkdir", "mktemp", "mv", "nproc", "readlink", "rm", "sed", "sleep", "sort", "stat",
      "tee", "tr", "uname");

  private static final String MAVEN = """
      #!/bin/bash
      if [[ $1 == -version ]]; then echo 'Apache Maven 3.9.0'; exit; fi
      for argument; do [[ $argument == -Dscaleinv.jar=* ]] && jar=${argument#*=}; done
      echo build >>"$BUILDS"
      mkdir -p "${jar%/*}"
      echo half >"$jar"
      sleep "${BUILD_SECONDS:-0}"
      if grep -q broken src/main/A.java; then
        echo '[INFO] Compiling'
        echo '[ERROR] A.java:[1,1] broken is not a word'
        echo '[ERROR] -> [Help 1]'
        exit 1
      fi
      cat src/main/*.java >"$jar"
      """;

  private static final String JAVA = """
      #!/bin/bash
      for argument; do
        if [[ $argument == -XX:AOTCacheOutput=* ]]; then
          echo training >>"$BUILDS"
          [[ -z $NO_TRAINING ]] && echo classes >"${argument#*=}"
          exit
        fi
        if [[ $argument == -XX:AOTCache=* ]]; then cache=', with a cache'; fi
      done
      [[ -z $SHOW_FLAGS ]] || echo "flags: $*"
      while [[ $1 != -jar ]]; do shift; done
      echo "ran '$(cat "$2")' in $PWD with ${*:3}$cache"
      exit "${STATUS:-0}"
      """;

  final Path root;
  final Path tools;
  private final Path builds;
  private final Map<String, String> environment = new HashMap<>();

  FakeClone(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("a clone"));
    tools = Files.createDirectories(folder.resolve("bin"));
    builds = folder.resolve("builds");
    Path here = Path.of("").toAbsolutePath();
    copy(here.resolve("scaleinv"), root.resolve("scaleinv"));
    copy(here.resolve("scripts/build"), root.resolve("scripts/build"));
    for (String part : List.of("build.sh", "jdk.sh", "maven.sh", "missing.sh", "startup.sh", "failed-acceptance.sh")) {
      copy(here.resolve("scripts/lib").resolve(part), root.resolve("scripts/lib").resolve(part));
    }
    copy(here.resolve("scripts/gpu-acceptance"), root.resolve("scripts/gpu-acceptance"));
    write("pom.xml", "<project/>");
    write("src/main/A.java", "first");
    for (String tool : TOOLS) {
      script(tools.resolve(tool), "#!/bin/sh\nexec '" + find(tool) + "' \"$@\"\n");
    }
    script(tools.resolve("mvn"), MAVEN);
    environment.putAll(Map.of("PATH", tools.toString(), "JAVA_HOME", jdk("jdk", "25.0.1").toString(),
        "HOME", folder.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString(), "BUILDS", builds.toString()));
  }

  /** A JDK of {@code release} under this clone's home. */
  Path jdk(String name, String release) throws IOException {
    Path jdk = root.resolveSibling(name);
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), "#!/bin/bash\n");
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"" + release + "\"\n");
    return jdk;
  }

  FakeClone with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  Run run(String... arguments) throws Exception {
    return start(root, root.resolve("scaleinv"), arguments).end();
  }

  Run.Started start(Path folder, Path launcher, String... arguments) throws IOException {
    String[] command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toArray(String[]::new);
    return Run.start(folder, environment, command);
  }

  /** What Maven and the JVM were asked to make so far, in order. */
  List<String> made() throws IOException {
    return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
  }

  private static Path find(String tool) throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      Path candidate = Path.of(folder, tool);
      if (Files.isExecutable(candidate)) {
        return candidate.toRealPath();
      }
    }
    throw new IOException("no " + tool + " on PATH");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void script(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    path.toFile().setExecutable(true);
  }
}
