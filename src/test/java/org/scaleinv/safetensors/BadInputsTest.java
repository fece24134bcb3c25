package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.error.BadInput;

class BadInputsTest {
  static Stream<BadCase> cases() {
    return Stream.concat(BadFiles.all().stream(), BadFolders.all().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyBrokenRuleIsNamedInOneLineThatNamesTheFile(BadCase bad, @TempDir Path folder) throws IOException {
    Path model = bad.maker().write(folder);
    BadInput error = assertThrows(BadInput.class, () -> ModelFiles.open(model.toString()).close());
    assertEquals(bad.rule(), error.rule(), error.getMessage());
    assertTrue(error.getMessage().startsWith(model.toString()), error.getMessage());
    assertTrue(error.getMessage().chars().noneMatch(Character::isISOControl), error.getMessage());
    assertTrue(error.getMessage().length() < 1000, error.getMessage());
  }

  @Test
  void everyRuleStandsInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("docs/reading.md"));
    Set<String> missing = cases().map(BadCase::rule)
        .filter(rule -> !page.contains("| `" + rule + "` |"))
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing);
  }
}
