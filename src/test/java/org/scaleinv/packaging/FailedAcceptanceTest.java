package org.scaleinv.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.report.Schemas;

/** An acceptance whose build fails leaves a report that says so. */
class FailedAcceptanceTest {
  @TempDir
  Path folder;
  private FakeClone clone;

  @BeforeEach
  void makeAClone() throws Exception {
    clone = new FakeClone(folder.toRealPath());
  }

  @ParameterizedTest
  @CsvSource({
    "--device 3 -o 'a \"b', cuda, 3, measured",
    "--engine=cuda-emulated -o 'a \"b', cuda-emulated, 0, meaningless"
  })
  void theCompilersErrorIsInTheReport(String options, String engine, int device, String timings) throws Exception {
    clone.write("src/main/A.java", "broken \\ \"quoted\"");
    Run run = accept(options.replace("'", "").replace("a \"b", "a\"b").split(" "));
    assertEquals(1, run.status(), run.err());
    assertTrue(run.err().contains("broken is not a word"), run.err());
    JsonNode report = written(clone.root.resolve("a\"b"));
    assertEquals(engine, report.at("/engine/name").textValue());
    assertEquals(device, report.at("/engine/device").intValue());
    assertEquals(timings, report.get("timings").textValue());
    assertFalse(report.get("passed").booleanValue());
    assertFalse(report.get("complete").booleanValue());
    assertEquals("the build failed", report.at("/parts/0/why").textValue());
    assertTrue(report.at("/parts/0/details").toString().contains("broken is not a word"), report.toString());
    String text = Files.readString(clone.root.resolve("a\"b/acceptance.txt"));
    assertTrue(text.contains("broken is not a word") && text.endsWith("\nFailed: nothing was run.\n"), text);
  }

  @Test
  void aMissingToolIsInTheReport() throws Exception {
    Files.delete(clone.tools.resolve("cmake"));
    assertEquals(1, accept().status());
    JsonNode report = written(clone.root.resolve("gpu-acceptance"));
    assertTrue(report.at("/parts/0/details").toString().contains("CMake 3.20 or later"), report.toString());
  }

  @Test
  void optionsThatCannotWorkLeaveNothing() throws Exception {
    clone.write("src/main/A.java", "broken");
    assertEquals(1, accept("--engine", "cpu").status());
    assertFalse(Files.exists(clone.root.resolve("gpu-acceptance")));
  }

  private Run accept(String... arguments) throws Exception {
    return clone.start(clone.root, clone.root.resolve("scripts/gpu-acceptance"), arguments).end();
  }

  private static JsonNode written(Path output) throws Exception {
    String json = Files.readString(output.resolve("acceptance.json"));
    Schemas.assertValid("acceptance", json);
    return new ObjectMapper().readTree(json);
  }
}
