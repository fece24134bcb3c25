package org.scaleinv.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.acceptance.Part.Status;
import org.scaleinv.engine.PersistenceContract;
import org.scaleinv.engine.PersistenceSpaces;
import org.scaleinv.report.Schemas;

class AcceptanceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir
  Path folder;

  @Test
  void theWayWorksOnTheEmulatedDeviceAndItsTimesAreNoFigures() throws IOException {
    Report report = Acceptance.run(options("cuda-emulated"));
    assertTrue(report.passed(), report.json());
    JsonNode json = written();
    assertEquals("meaningless", json.get("timings").textValue());
    assertEquals(
        List.of("engine", "contract Widening", "sanitizer", "timing of finite"),
        json.get("parts").findValuesAsText("part"));
    JsonNode bench = json.get("benches").get(0);
    Schemas.assertValid("bench", bench.toString());
    JsonNode kernel = bench.get("operations").get(0).get("device").get("kernels").get(0);
    assertEquals("find_special", kernel.get("kernel").textValue());
    assertEquals(1, kernel.get("launches").intValue());
    String table = Files.readString(folder.resolve("acceptance.txt"));
    String line = table.lines().filter(text -> text.contains("find_special")).findFirst().orElseThrow();
    assertEquals("  find_special 1", line.replaceAll(" {2,}(?=1)", " "), table);
    assertTrue(table.contains("meaningless"), table);
  }

  /** Here there is no such engine, and where there is one it has no hundredth device. */
  @Test
  void aDeviceThatIsNotThereIsAFailureWithAReport() throws IOException {
    Report report = Acceptance.run(new Options("cuda", 99, folder, true));
    assertFalse(report.passed());
    JsonNode json = written();
    assertTrue(json.get("complete").booleanValue());
    assertFalse(json.get("passed").booleanValue());
    assertTrue(json.get("parts").findValuesAsText("status").contains("failed"), json.toString());
  }

  @Test
  void aProcessThatDiesIsNamedByWhatItSaidLast() throws Exception {
    Child child = Child.run(LIMIT, List.of("sh", "-c", "echo first >&2; echo the device is lost >&2; kill -9 $$"));
    assertEquals("exit status 137: the device is lost", child.whyItFailed(LIMIT));
  }

  @Test
  void anUncaughtExceptionIsNamedByWhatItSays() {
    String err =
        "a note\nException in thread \"main\" x.Lost: no device\n\tat x.y(z)\nCaused by: x.Other\n\t... 2 more\n";
    assertEquals("exit status 1: x.Lost: no device", new Child(1, "{}", err).whyItFailed(LIMIT));
  }

  @Test
  void aProcessThatHangsIsEnded() throws Exception {
    Duration brief = Duration.ofSeconds(1);
    Child child = Child.run(brief, List.of("sh", "-c", "echo waiting; sleep 100"));
    assertEquals("ended after 1 s: waiting", child.whyItFailed(brief));
  }

  @Test
  void aPartThatFailsFailsTheWholeAndTheReportKeepsToItsSchema() throws IOException {
    Report report = new Report(options("cuda"));
    report.add(new Part("engine", Status.PASSED, 0.5, "", List.of()));
    report.add(new Part("contract Widening", Status.FAILED, 2, "exit status 1: the device is lost", List.of("one")));
    report.add(new Part("sanitizer", Status.NOT_RUN, 0, "not found", List.of()));
    report.write();
    assertFalse(written().get("complete").booleanValue());
    report.complete();
    report.write();
    assertFalse(report.passed());
    assertFalse(written().get("passed").booleanValue());
    assertTrue(Files.readString(folder.resolve("acceptance.txt")).endsWith("\nFailed.\n"));
  }

  @Test
  void nothingButFailuresFails() throws IOException {
    Report report = new Report(options("cuda"));
    report.add(new Part("engine", Status.PASSED, 0.5, "", List.of()));
    report.add(new Part("sanitizer", Status.NOT_RUN, 0, "not found", List.of()));
    assertFalse(report.passed(), "not at its end");
    report.complete();
    assertTrue(report.passed());
  }

  /** A stand-in that runs what it is given, or finds something, by the tool's name. */
  @Test
  void theSanitizersFindingsAreAFailure() throws Exception {
    Path program =
        Files.writeString(
            folder.resolve("compute-sanitizer"),
            "#!/bin/sh\n[ \"$2\" = racecheck ] && { echo '========= a race'; exit 97; }\n"
                + "shift 6; \"$@\" && echo '========= ERROR SUMMARY: 0 errors'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(program.toString(), Sanitizer.find(Map.of("PATH", "/nonexistent:" + folder)));
    var sanitizer = new Sanitizer(program.toString(), LIMIT);
    assertEquals(
        Part.Outcome.failed("racecheck found something", List.of("========= a race")),
        sanitizer.run("racecheck", options("cuda-emulated")));
    assertEquals(
        Part.Outcome.passed(List.of("========= ERROR SUMMARY: 0 errors")),
        sanitizer.run("memcheck", options("cuda-emulated")));
  }

  /** Also each theme of a contract that is divided: those that none extends. */
  @Test
  void everyContractOfAnEngineIsRunOnTheDevice() throws IOException {
    Set<Class<?>> contracts = new HashSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src", "test", "java", "org", "scaleinv", "engine"))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .map(AcceptanceTest::engineClass)
          .filter(one -> Modifier.isAbstract(one.getModifiers()) && !one.isInterface())
          .filter(one -> (one.getSimpleName() + " " + one.getSuperclass().getSimpleName()).contains("Contract"))
          .forEach(contracts::add);
    }
    assertTrue(contracts.contains(PersistenceContract.class) && contracts.contains(PersistenceSpaces.class));
    List.copyOf(contracts).forEach(contract -> contracts.remove(contract.getSuperclass()));
    for (Class<?> contract : OnDevice.class.getDeclaredClasses()) {
      contracts.remove(contract.getSuperclass());
    }
    assertEquals(Set.of(), contracts);
  }

  private static Class<?> engineClass(Path source) {
    try {
      return Class.forName("org.scaleinv.engine." + source.getFileName().toString().replace(".java", ""));
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--engine cpu", "--device -1", "--device x", "--engine", "-o", "--fast"})
  void optionsThatCannotWorkAreRefused(String line) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Options.of(line.split(" ")));
    assertEquals(Options.USAGE, refused.getMessage());
  }

  @Test
  void optionsAreRead() {
    assertEquals(new Options("cuda", 0, Path.of("gpu-acceptance"), false), Options.of());
    assertEquals(
        new Options("cuda-emulated", 2, Path.of("x"), true),
        Options.of("--engine", "cuda-emulated", "--quick", "--device", "2", "-o", "x"));
    assertEquals(
        new Options("cuda-emulated", 3, Path.of("a=b"), false),
        Options.of("--engine=cuda-emulated", "--device=3", "-o", "a=b"));
  }

  private Options options(String engine) {
    return new Options(engine, 0, folder, true);
  }

  private JsonNode written() throws IOException {
    String json = Files.readString(folder.resolve("acceptance.json"));
    Schemas.assertValid("acceptance", json);
    return new ObjectMapper().readTree(json);
  }
}
