package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.safetensors.BadCase;
import org.scaleinv.safetensors.BadFiles;
import org.scaleinv.safetensors.BadFolders;

class BadInputAtTheCommandLineTest {
  static Stream<BadCase> cases() {
    return Stream.concat(BadFiles.all().stream(), BadFolders.all().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void badModelsEndInCode3AndOneLineAndNoFile(BadCase bad, @TempDir Path folder) throws IOException {
    Path model = bad.maker().write(Files.createDirectory(folder.resolve("in")));
    Path output = folder.resolve("out");
    refused(Cli.run("measure", model, "-o", output), bad.toString());
    assertFalse(Files.exists(output), bad.toString());
  }

  @Test
  void oneBadModelKeepsTheOthersFromBeingMeasured(@TempDir Path folder) throws IOException {
    Path broken = folder.resolve("broken.safetensors");
    Files.write(broken, new byte[9]);
    Path output = folder.resolve("out");
    refused(Cli.run("compare", Cli.model("d32-l2-s0"), broken, "-o", output), "compare");
    assertFalse(Files.exists(output));
  }

  @Test
  void brokenProfilesAreNamedWithThePlaceOfTheFault(@TempDir Path folder) throws IOException {
    Path good = folder.resolve("good");
    assertEquals(0, Cli.run("measure", Cli.model("d32-l2-s0"), "-o", good, "--no-null", "--quiet").code());
    String text = Files.readString(good.resolve("profile.json"));
    assertPlace(folder, text.replace("profile/1", "profile/2"), "expected format \"scaleinv.profile/1\"");
    assertPlace(folder, text.replaceFirst("\"parameters\": 37760", "\"parameters\": \"many\""), "model.parameters:");
    assertPlace(folder, text.replaceFirst("\"scope\": \"tensor\"", "\"scope\": \"x\""), "measurements[0].scope:");
    assertPlace(folder, text.replaceFirst("\"engine\"", "\"engines\""), "expected a field engine");
    assertPlace(folder, text.substring(0, text.length() / 2), "expected JSON");
    assertPlace(folder, text + "{}", "expected JSON");
    assertPlace(folder, "", "expected an object");
    assertPlace(folder, "[]", "expected an object");
  }

  private static void assertPlace(Path folder, String profile, String place) throws IOException {
    Path file = folder.resolve("broken.json");
    Files.writeString(file, profile);
    Cli run = Cli.run("compare", file, Cli.model("d48-l3-s0"));
    refused(run, place);
    assertTrue(run.err().contains(file + ": ") && run.err().contains(place), run.err());
  }

  private static void refused(Cli run, String what) {
    assertEquals(3, run.code(), what + ": " + run.err());
    assertEquals("", run.out(), what);
    assertTrue(run.err().startsWith("scaleinv: "), what + ": " + run.err());
    assertEquals(run.err().length() - 1, run.err().indexOf('\n'), what + ": one line: " + run.err());
    assertFalse(run.err().contains("Exception"), what + ": " + run.err());
  }
}
