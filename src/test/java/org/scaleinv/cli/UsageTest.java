package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @Test
  void versionIsThatOfTheBuild() throws IOException {
    Matcher version = Pattern.compile("<version>(.+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find());
    assertEquals("scaleinv " + version.group(1) + "\n", Cli.run("--version").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "demo", "inspect", "measure", "compare", "homology", "bench"})
  void helpIsTheResultAndFits80Columns(String command) {
    Cli run = command.isEmpty() ? Cli.run("--help") : Cli.run(command, "--help");
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "",
    "nonsense",
    "measure",
    "measure --nonsense MODEL",
    "measure MODEL --threads 0",
    "measure MODEL --threads x",
    "measure MODEL --null-draws 0",
    "measure MODEL --engine abacus",
    "measure MODEL -f nonsense",
    "measure MODEL --select (",
    "measure MODEL --select no-such-part",
    "measure MODEL MODEL --format csv",
    "measure MODEL -o pom.xml",
    "measure MODEL -o pom.xml/below",
    "compare MODEL",
    "compare MODEL MODEL --tolerance 0",
    "compare MODEL MODEL --tolerance NaN",
    "compare MODEL MODEL --level 0.5",
    "demo --tolerance -1",
    "homology",
    "homology INPUT --dim -1",
    "homology INPUT --modulus 4",
    "homology INPUT --modulus 1",
    "homology INPUT --modulus 32771",
    "homology INPUT --threshold NaN",
    "homology INPUT --threshold -1",
    "homology INPUT --metric cosine",
    "homology INPUT --metric miles",
    "homology INPUT --input-format abacus",
    "homology INPUT --cocycles --collapse always",
    "homology INPUT --collapse sometimes",
    "homology INPUT --memory lots",
    "homology INPUT --memory 0",
    "homology INPUT --threads 0",
    "homology INPUT -o pom.xml",
    "bench abacus",
    "bench --repeat 0",
    "bench --seconds -1",
    "bench --seconds NaN",
    "bench --threads 0"
  })
  void wrongUseEndsInCode2AndOneLineWithAHint(String line, @TempDir Path folder) throws IOException {
    Path distances = Files.writeString(folder.resolve("distances.txt"), "1\n2 3\n");
    List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));
    String model = Cli.model("d32-l2-s0").toString();
    Cli run = Cli.run(
        words.stream()
            .map(word -> word.equals("MODEL") ? model : word.equals("INPUT") ? distances.toString() : word)
            .toArray());
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    String last = run.err().substring(run.err().lastIndexOf("scaleinv: "));
    assertTrue(last.matches("scaleinv: .+ \\(see scaleinv.* --help\\)\n"), run.err());
  }

  @Test
  void demoWithoutTheProjectSaysWhatItNeeds() {
    Cli run = Cli.run("demo");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("shipped models"), run.err());
  }

  @Test
  void anEmptyNameIsNoFolderForResults() {
    for (String command : new String[] {"measure", "compare"}) {
      Cli run = Cli.run(command, Cli.model("d32-l2-s0"), Cli.model("d48-l3-s0"), "-o", "");
      assertEquals(2, run.code(), run.err());
      assertTrue(run.err().contains("found an empty name"), run.err());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsFoundBeforeTheWork(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    Cli run = Cli.run("measure", Cli.model("d32-l2-s0"), "-o", file);
    assertEquals(2, run.code());
    assertTrue(run.err().contains("taken is a file"), run.err());
  }

  @Test
  void whatIsNoPathIsNoModel() {
    for (String command : new String[] {"measure", "compare"}) {
      Cli run = Cli.run(command, "a\u0000b", Cli.model("d32-l2-s0"));
      assertEquals(3, run.code(), run.err());
      assertTrue(run.err().startsWith("scaleinv: \"a\\u0000b\": expected a path; "), run.err());
    }
  }

  @Test
  void anArgumentIsNeverAFileOfArguments() {
    Cli run = Cli.run("inspect", "@pom.xml");
    assertEquals(3, run.code(), run.err());
    assertEquals("scaleinv: @pom.xml: no such file\n", run.err());
  }

  @Test
  void aDryRunTellsAndWritesNothing(@TempDir Path folder) {
    Path output = folder.resolve("out");
    Cli run = Cli.run("compare", Cli.model("d32-l2-s0"), Cli.model("d128-l8-s0"), "--dry-run", "-o", output);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("d128-l8-s0") && run.out().contains("FLOP/s"), run.out());
    assertFalse(Files.exists(output));
  }
}
