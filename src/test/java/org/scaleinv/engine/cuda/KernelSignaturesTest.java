package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.scaleinv.support.Nvcc;

/** The kernels as nvcc sees them, as the host has them, and as Java calls them. */
class KernelSignaturesTest {
  private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)\\(([^)]*)\\)");
  private static final Pattern PARAMETER = Pattern.compile("\\.param \\.(?:align \\d+ \\.)?[a-z](\\d+) ");
  private static final Pattern LAUNCH = Pattern.compile("\\blaunch\\(\\s*\"(\\w+)\"");

  @BeforeAll
  static void loadTheEmulatedDriver() {
    Emulator.reset();
  }

  /** The bytes of each parameter of each {@code .entry name(.param .u64 name_param_0, ...)}. */
  private static Map<String, List<Integer>> entries(String ptx) {
    Map<String, List<Integer>> entries = new TreeMap<>();
    Matcher entry = ENTRY.matcher(ptx);
    while (entry.find()) {
      List<Integer> bytes = new ArrayList<>();
      Matcher parameter = PARAMETER.matcher(entry.group(2));
      while (parameter.find()) {
        bytes.add(Integer.parseInt(parameter.group(1)) / 8);
      }
      entries.put(entry.group(1), bytes);
    }
    return entries;
  }

  @Test
  @Tag("needs-nvcc")
  void theHostRegistersEveryKernelWithTheParametersThatNvccGivesIt() throws IOException {
    Map<String, List<Integer>> compiled = entries(Files.readString(Nvcc.PTX));
    assertFalse(compiled.isEmpty());
    assertEquals(compiled, new TreeMap<>(EmulatedKernels.parameters()));
  }

  @Test
  void parametersAreReadFromAssembly() {
    String ptx = ".visible .entry one(\n\t.param .u64 one_param_0,\n\t.param .f32 one_param_1\n)\n{\n}\n"
        + ".visible .entry two(\n\t.param .u64 .ptr .align 1 two_param_0,\n\t.param .s16 two_param_1\n)\n";
    assertEquals(Map.of("one", List.of(8, 4), "two", List.of(8, 2)), entries(ptx));
  }

  @Test
  void everyKernelThatJavaNamesIsThere() throws IOException {
    var named = new TreeSet<String>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java", "org", "scaleinv", "engine", "cuda"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        LAUNCH.matcher(Files.readString(source)).results().forEach(launch -> named.add(launch.group(1)));
      }
    }
    assertTrue(named.contains("gram_accumulate"), named::toString);
    Set<String> kernels = EmulatedKernels.parameters().keySet();
    named.removeIf(name -> kernels.stream().anyMatch(k -> name.endsWith("_") ? k.startsWith(name) : k.equals(name)));
    assertEquals(new TreeSet<>(), named, "not among the kernels, nor what their names begin with");
  }

  @Test
  void argumentsOfAnotherNumberOrWidthAreRefused() {
    List<Integer> parameters = List.of(8, 4, 8);
    EmulatedKernels.requireFit("k", parameters, new Object[] {1L, 2, 3.0});
    EmulatedKernels.requireFit("k", parameters, new Object[] {1L, 2f, 3L});
    for (Object[] wrong : new Object[][] {{1L, 2, 3}, {1L, 2L, 3L}, {1L, 2}, {1L, 2, 3L, 4}, {}}) {
      var refused =
          assertThrows(IllegalArgumentException.class, () -> EmulatedKernels.requireFit("k", parameters, wrong));
      assertTrue(refused.getMessage().contains("[8, 4, 8]"), refused.getMessage());
    }
  }
}
