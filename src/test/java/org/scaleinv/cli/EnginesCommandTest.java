package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can compute here, at the command line; {@code MachineDriverTest} has the drivers. */
class EnginesCommandTest {

  @Test
  void theTableNamesEveryEngineAndWhatAutoTakes() {
    Cli cli = Cli.run("engines");
    assertEquals(0, cli.code(), cli.err());
    assertEquals("", cli.err());
    for (String engine : new String[] {"cpu ", "cuda ", "cuda-emulated "}) {
      assertEquals(1, cli.out().lines().filter(line -> line.startsWith(engine)).count(), cli.out());
    }
    assertTrue(cli.out().lines().anyMatch(line -> line.matches("  library +OpenBLAS 0\\.3\\.\\d+ .*")), cli.out());
    assertTrue(cli.out().matches("(?s).*--engine auto takes (cpu|cuda)\\.\n"), cli.out());
  }

  @Test
  void theJsonSaysTheSame() throws Exception {
    JsonNode root = new ObjectMapper().readTree(Cli.run("engines", "--format", "json").out());
    assertEquals("scaleinv.engines/1", root.get("format").asText());
    assertTrue(root.at("/cpu/usable").asBoolean());
    for (String engine : new String[] {"cpu", "cuda", "cuda-emulated"}) {
      assertEquals(root.at("/" + engine + "/usable").asBoolean(), root.at("/" + engine + "/problem").isNull(), engine);
    }
    assertEquals(root.at("/cuda/usable").asBoolean() ? "cuda" : "cpu", root.get("auto").asText());
    assertEquals(root.at("/cuda/kernels/nvcc").isNull(), !root.at("/cuda/kernels/missing").isNull());
  }

  @ParameterizedTest
  @CsvSource({
    "--engine, tpu, 'expected auto, cpu, cuda or cuda-emulated'", "--device, -1, 'at least 0; given: -1'",
    "--device, x, 'x'"})
  void wrongChoicesAreUsageErrors(String option, String value, String expected) {
    Cli cli = Cli.run("measure", option, value, Cli.model("d32-l2-s0"));
    assertEquals(2, cli.code(), cli.err());
    assertTrue(cli.err().contains(expected), cli.err());
  }

  @Test
  void theCpuIsNoDevice() {
    Cli cli = Cli.run("measure", "--engine", "CPU", "--device", 0, Cli.model("d32-l2-s0"));
    assertEquals(2, cli.code(), cli.err());
  }
}
