package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.engine.cuda.Emulator;
import org.scaleinv.safetensors.ModelFiles;
import org.scaleinv.tensor.Tensor;

/** The spectral family of the smallest model on the emulated device, beside the CPU's. */
class EmulatedMeasureTest {
  private static final Path MODEL = Cli.model("d32-l2-s0");

  /**
   * p·ε, by which either engine's σ² is off in units of σ₁²: p = 4·(rows + columns), and no matrix of the model has more
   * than 512 of both together.
   */
  private static final double NOISE = 4 * 512 * Math.ulp(1.0);

  @TempDir
  static Path folder;

  private static Path cpu;
  private static Path device;

  @BeforeAll
  static void measure() {
    Emulator.reset();
    cpu = measured("cpu", "cpu", MODEL);
    device = measured("cuda-emulated", "device", MODEL);
  }

  @AfterAll
  static void nothingIsLeft() {
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  private static Path measured(String engine, String name, Object... arguments) {
    Path output = folder.resolve(name);
    List<Object> line = new ArrayList<>(List.of(arguments));
    line.addAll(0, List.of("measure", "--engine", engine, "-f", "spectral", "-o", output, "--quiet"));
    Cli run = Cli.run(line.toArray());
    assertEquals(0, run.code(), run.err());
    return output;
  }

  @Test
  void spectraAreWithinTheErrorOfTheirSolver() throws IOException {
    Map<String, double[]> expected = spectra(cpu);
    Map<String, double[]> found = spectra(device);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, values) -> {
      assertEquals(values.length, found.get(name).length, name);
      double largest = values[0];
      for (int i = 0; i < values.length; i++) {
        double allowed = Math.min(2 * NOISE * largest / values[i], Math.sqrt(2 * NOISE)) * largest;
        assertEquals(values[i], found.get(name)[i], allowed, name + ", value " + i);
      }
    });
  }

  @Test
  void everyMeasurementIsTheCpusWithinWhatTheSpectraAllow() throws IOException {
    Map<String, Double> allowed = new TreeMap<>();
    spectra(cpu).forEach((name, values) -> allowed.put(name.replaceFirst("spectrum/", ""), sensitivity(values)));
    double most = allowed.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    JsonNode expected = profile(cpu).get("measurements");
    JsonNode found = profile(device).get("measurements");
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      JsonNode one = expected.get(i);
      JsonNode other = found.get(i);
      for (String key : new String[] {"invariant", "scope", "subject", "role", "layer", "head"}) {
        assertEquals(one.get(key), other.get(key), key + " of measurement " + i);
      }
      String what = one.get("invariant").textValue() + " of " + one.get("subject").textValue();
      double relative = allowed.getOrDefault(one.get("subject").textValue(), most);
      assertClose(one.get("value"), other.get("value"), relative, what);
      // of matrices of the same shape, drawn at random, and of the others' errors
      for (String key : new String[] {"error", "null", "null_ratio"}) {
        assertClose(one.get(key), other.get(key), most, key + " of " + what);
      }
    }
  }

  /**
   * How far a function of the spectrum may be off, relative to it or to 1: a value is off by p·ε·σ₁²/σ at most. A sum of
   * n logarithms, the most sensitive to small values, is off by n times that over the smallest; a ratio of spacings by
   * that over the narrowest.
   */
  private static double sensitivity(double[] values) {
    double largest = values[0];
    double smallest = values[values.length - 1];
    double narrowest = largest;
    for (int i = 1; i < values.length; i++) {
      narrowest = Math.min(narrowest, values[i - 1] - values[i]);
    }
    double off = 2 * NOISE * largest * largest / smallest;
    return off * Math.max(values.length / smallest, 2 / narrowest);
  }

  private static void assertClose(JsonNode expected, JsonNode found, double relative, String what) {
    if (expected.isNumber()) {
      double value = expected.doubleValue();
      assertEquals(value, found.doubleValue(), relative * Math.max(1, Math.abs(value)), what);
    } else {
      assertEquals(expected, found, what);
    }
  }

  /** The tolerance would not let a wrong digit of any matrix pass that is not nearly singular. */
  @Test
  void theToleranceIsNoCloak() throws IOException {
    double[] sorted = spectra(cpu).values().stream().mapToDouble(EmulatedMeasureTest::sensitivity).sorted().toArray();
    assertTrue(sorted[sorted.length / 2] < 1e-6, Arrays.toString(sorted));
    assertTrue(sorted[sorted.length - 1] < 1e-3, Arrays.toString(sorted));
  }

  @Test
  void theProfileSaysWhatTheDeviceDid() throws IOException {
    JsonNode provenance = profile(device).get("provenance");
    Map<String, Long> launches = counts(provenance.get("launches"));
    List<String> ofHeads = List.of("accumulate_triangles", "triangle_products", "singular_values_shared");
    for (String kernel : ofHeads) {
      assertTrue(launches.getOrDefault(kernel, 0L) > 0, launches.toString());
    }
    assertTrue(launches.getOrDefault("widen_f32_f64", 0L) > 0, launches.toString());
    for (String operation : List.of("accumulateGram", "accumulateTriangle", "triangleProduct", "singularValues")) {
      assertEquals(null, provenance.get("handed_to_cpu").get(operation), operation);
    }
    JsonNode ofCpu = profile(cpu).get("provenance");
    assertEquals(Map.of(), counts(ofCpu.get("launches")));
    assertEquals(Map.of(), counts(ofCpu.get("handed_to_cpu")));
  }

  /** Without nulls, which are drawn once for all matrices of a shape, whichever model they are of. */
  @Test
  void ofSeveralModelsEachHasItsOwnCounts() throws IOException {
    Path other = Cli.model("d32-l2-s1");
    Path both = measured("cuda-emulated", "both", other, MODEL, "--no-null");
    for (Path model : new Path[] {other, MODEL}) {
      String name = model.getFileName().toString();
      JsonNode alone = profile(measured("cuda-emulated", "alone-" + name, model, "--no-null")).get("provenance");
      JsonNode together = profile(both.resolve(name)).get("provenance");
      assertTrue(counts(alone.get("launches")).get("widen_f32_f64") > 0);
      for (String key : new String[] {"launches", "handed_to_cpu"}) {
        assertEquals(counts(alone.get(key)), counts(together.get(key)), key + " of " + name);
      }
    }
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
    return counts;
  }

  private static JsonNode profile(Path output) throws IOException {
    return new ObjectMapper().readTree(output.resolve("profile.json").toFile());
  }

  private static Map<String, double[]> spectra(Path output) throws IOException {
    Map<String, double[]> spectra = new TreeMap<>();
    try (ModelFiles arrays = ModelFiles.open(output.resolve("arrays.safetensors").toString())) {
      for (Tensor tensor : arrays.tensors().values()) {
        double[] values = new double[Math.toIntExact(tensor.shape().size())];
        tensor.read(0, MemorySegment.ofArray(values));
        spectra.put(tensor.name(), values);
      }
    }
    assertTrue(spectra.size() > 10, spectra.keySet().toString());
    return spectra;
  }
}
