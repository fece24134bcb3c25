package org.scaleinv.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Solver;
import org.scaleinv.family.Profile;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;

class MeasurementTableTest {
  private static Measurement row(String invariant, String role, Double value, String reason) {
    Map<String, Object> detail = reason == null ? Map.of() : Map.of("not_applicable", reason);
    return new Measurement(
        invariant, Scope.ROLE, role, role, null, null, value, null, null, null, new TreeMap<>(detail));
  }

  private static String table(List<Measurement> rows, List<Unmeasured> unmeasured) {
    return MeasurementTable.of(
        new Profile(
            new ModelSummary("m", "m", "gpt2", 10, 8, 2, 1, 1, "s", "d"), "cpu",
            new Settings(List.of("topology"), null, NullModel.NONE, 0, 1, Solver.AUTO), "d", new TreeMap<>(),
            unmeasured, rows));
  }

  @Test
  void whatHasNoValueIsToldOnceForEachReason() {
    List<Measurement> rows = new ArrayList<>();
    rows.add(row("topology.a", "mlp.in", 1.5, null));
    rows.add(row("topology.b", "mlp.in", null, "saturated"));
    for (String id : List.of("topology.a", "topology.b", "topology.c")) {
      rows.add(row(id, "attention.ov", null, "too few"));
    }
    List<String> lines = table(rows, List.of()).lines().toList();
    assertTrue(lines.stream().anyMatch(line -> line.matches("topology.a +mlp.in +1.500 +- +- +-")), lines.toString());
    assertTrue(lines.contains("Not applicable: topology.b of mlp.in: saturated"), lines.toString());
    assertTrue(lines.contains("Not applicable: 3 invariants of attention.ov: too few"), lines.toString());
    assertEquals(1, lines.stream().filter(line -> line.contains("attention.ov")).count());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void whatWasNotMeasuredIsNamed(int count) {
    List<Unmeasured> parts =
        IntStream.range(0, count).mapToObj(i -> new Unmeasured("part " + i, "broken")).toList();
    String text = table(List.of(row("topology.a", "mlp.in", 1.5, null)), parts);
    assertEquals(Math.min(2, count),
        text.lines().filter(line -> line.matches("Not measured: part . *: broken")).count());
    assertEquals(count > 2, text.contains("Nor were " + (count - 2) + " further"));
    assertFalse(text.contains("Not applicable"));
  }
}
