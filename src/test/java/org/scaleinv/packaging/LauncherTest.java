package org.scaleinv.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher builds when it must, only then, and never runs what is older than its sources. */
class LauncherTest {
  @TempDir
  Path folder;
  private FakeClone clone;

  @BeforeEach
  void makeAClone() throws Exception {
    clone = new FakeClone(folder.toRealPath());
  }

  @Test
  void theFirstStartBuildsAndTheSecondDoesNot() throws Exception {
    Run first = clone.run("measure", "a b");
    assertEquals(ran("first", clone.root, "measure a b"), first.out());
    assertTrue(first.err().contains("building"), first.err());
    assertEquals(new Run(0, ran("first", clone.root, "--version"), ""), clone.run("--version"));
    assertEquals(List.of("build", "training"), clone.made());
  }

  @Test
  void aChangedSourceIsBuilt() throws Exception {
    clone.run();
    clone.write("src/main/A.java", "other");
    assertTrue(clone.run().out().startsWith("ran 'other'"));
  }

  @Test
  void anAddedAndARemovedSourceAreBuilt() throws Exception {
    clone.run();
    clone.write("src/main/B.java", "+second");
    assertTrue(clone.run().out().startsWith("ran 'first+second'"));
    Files.delete(clone.root.resolve("src/main/B.java"));
    assertTrue(clone.run().out().startsWith("ran 'first'"));
    clone.write("kernels/k.cu", "a kernel");
    clone.run();
    clone.write("docs/page.md", "no source");
    clone.write("native/tests/test.cpp", "no source of the jar");
    clone.write("native/emulator/driver.cpp", "no source of the jar");
    clone.run();
    assertEquals(4, clone.made().stream().filter("build"::equals).count());
  }

  @Test
  void theBuildScriptBuildsThoughNoSourceHasChanged() throws Exception {
    clone.run();
    Run build = clone.start(clone.root, clone.root.resolve("scripts/build")).end();
    assertEquals(0, build.status(), build.err());
    Run wrong = clone.start(clone.root, clone.root.resolve("scripts/build"), "--with-cuda").end();
    assertEquals(2, wrong.status());
    assertTrue(wrong.err().contains("--require-cuda"), wrong.err());
    assertEquals(2, clone.made().stream().filter("build"::equals).count());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoFirstStartsAtOnceBuildOnceAndBothRun(boolean flock) throws Exception {
    if (!flock) {
      Files.delete(clone.tools.resolve("flock"));
    }
    clone.with("BUILD_SECONDS", "0.5");
    var one = clone.start(clone.root, clone.root.resolve("scaleinv"), "one");
    var two = clone.start(clone.root, clone.root.resolve("scaleinv"), "two");
    assertEquals(ran("first", clone.root, "one"), one.end().out());
    assertEquals(ran("first", clone.root, "two"), two.end().out());
    assertEquals(List.of("build", "training"), clone.made());
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndNeverRunsTheOldJar() throws Exception {
    clone.run();
    clone.write("src/main/A.java", "broken");
    for (int i = 0; i < 2; i++) {
      Run run = clone.run();
      assertEquals(1, run.status());
      assertEquals("", run.out());
      assertTrue(run.err().contains("A.java:[1,1] broken is not a word") && !run.err().contains("Help"), run.err());
    }
    clone.write("src/main/A.java", "mended");
    assertTrue(clone.run().out().startsWith("ran 'mended'"));
  }

  @Test
  void aFirstBuildThatFailsLeavesNoJar() throws Exception {
    clone.write("src/main/A.java", "broken");
    assertEquals(1, clone.run().status());
    try (var left = Files.walk(clone.root.resolve("target"))) {
      assertTrue(left.noneMatch(p -> p.toString().endsWith(".jar")));
    }
  }

  @Test
  void itWorksThroughALinkAndKeepsTheCallersFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("linked"), clone.root.resolve("scaleinv"));
    Path relative = Files.createSymbolicLink(folder.resolve("again"), Path.of("linked"));
    Path elsewhere = Files.createDirectories(folder.toRealPath().resolve("else where"));
    clone.run();
    for (Path launcher : List.of(link, relative)) {
      Run run = clone.start(elsewhere, launcher, "m.safetensors").end();
      assertEquals(ran("first", elsewhere, "m.safetensors"), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 130})
  void theExitCodePassesThrough(int status) throws Exception {
    assertEquals(status, clone.with("STATUS", String.valueOf(status)).run().status());
  }

  @Test
  void aJdkThatIsTooOldIsPassedOver() throws Exception {
    Path newer = clone.jdk(".jdks/newer", "26");
    Path old = clone.jdk("old", "17.0.2");
    Files.writeString(old.resolve("bin/java"), "#!/bin/bash\necho the old one\n");
    Files.createSymbolicLink(clone.tools.resolve("java"), newer.resolve("bin/java"));
    assertEquals(ran("first", clone.root, "x"), clone.with("JAVA_HOME", old.toString()).run("x").out());
  }

  @Test
  void everyMissingToolIsNamedWithWhatInstallsIt() throws Exception {
    Files.delete(clone.tools.resolve("cmake"));
    Files.delete(clone.tools.resolve("c++"));
    Run run = clone.run();
    assertEquals(1, run.status());
    assertEquals("", run.out());
    for (String part : List.of("C++20 compiler", "CMake 3.20", "apt-get install g++ cmake\n",
        "dnf install gcc-c++ cmake\n", "conda-forge cxx-compiler cmake ")) {
      assertTrue(run.err().contains(part), run.err());
    }
    assertFalse(run.err().contains("JDK"), run.err());
    assertEquals(List.of(), clone.made());
  }

  @Test
  void aStartUpCacheThatCannotBeMadeIsDoneWithout() throws Exception {
    clone.with("NO_TRAINING", "yes").run();
    assertEquals(new Run(0, "ran 'first' in " + clone.root + " with x\n", ""), clone.run("x"));
    assertEquals(List.of("build", "training"), clone.made());
  }

  @Test
  void aCacheFolderThatCannotBeMadeIsDoneWithout() throws Exception {
    clone.with("XDG_CACHE_HOME", "/dev/null").run();
    assertEquals(new Run(0, "ran 'first' in " + clone.root + " with x\n", ""), clone.run("x"));
  }

  @ParameterizedTest
  @CsvSource({
    "inspect MODEL, false",
    "measure MODEL --no-null, false",
    "measure MODEL -o results, true",
    "measure MODEL -oresults, true",
    "measure MODEL --format json, true",
    "compare A B, true",
    "demo, true"
  })
  void theCompilerThatKnowsSha256IsThereWhereWeightsAreHashed(String command, boolean hashes) throws Exception {
    String out = clone.with("SHOW_FLAGS", "yes").run(command.split(" ")).out();
    assertEquals(hashes, out.contains("-XX:CompilerDirectivesFile=" + clone.root + "/scripts/lib/compiler.directives"),
        out);
    assertEquals(!hashes, out.contains("-XX:TieredStopAtLevel=1"), out);
  }

  private static String ran(String jar, Path where, String arguments) {
    return "ran '" + jar + "' in " + where + " with " + arguments + ", with a cache\n";
  }
}
