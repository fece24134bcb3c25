package org.scaleinv.invariant.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.scaleinv.error.BadInput;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.topology.DiagramArrays.CloudDiagrams;
import org.scaleinv.statistics.persistence.Barcode;

class DiagramArraysTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;
  private static final Barcode CONNECTED = new Barcode(new double[] {0, 0}, new double[] {1.25, FOREVER});
  private static final Barcode NONE = new Barcode(new double[0], new double[0]);
  private static final Barcode LOOP = new Barcode(new double[] {1}, new double[] {1 + 1e-15});

  private static void assertSame(Barcode expected, Barcode found) {
    assertArrayEquals(expected.births(), found.births());
    assertArrayEquals(expected.deaths(), found.deaths());
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    Map<String, Array> arrays = Map.of(
        DiagramArrays.found("a/b"), DiagramArrays.table(List.of(CONNECTED, NONE, LOOP)),
        DiagramArrays.ofNull("a/b", 0), DiagramArrays.table(List.of(CONNECTED)),
        DiagramArrays.ofNull("a/b", 1), DiagramArrays.table(List.of(CONNECTED, LOOP)),
        DiagramArrays.found("c"), DiagramArrays.table(List.of(CONNECTED, LOOP, NONE)),
        "spectrum/a", Array.of(1, 2));
    var clouds = DiagramArrays.read(new TreeMap<>(arrays));
    assertEquals(List.of("a/b", "c"), List.copyOf(clouds.keySet()));
    CloudDiagrams first = clouds.get("a/b");
    assertEquals(3, first.found().size());
    assertSame(CONNECTED, first.found().get(0));
    assertSame(NONE, first.found().get(1));
    assertSame(LOOP, first.found().get(2));
    assertEquals(DiagramArrays.NULLS, first.nulls().size());
    assertSame(LOOP, first.nulls().get(1).get(1));
    assertTrue(clouds.get("c").nulls().isEmpty());
    assertTrue(DiagramArrays.isDiagram(DiagramArrays.found("x")) && DiagramArrays.isDiagram("null_diagram/1/x"));
    assertTrue(!DiagramArrays.isDiagram("spectrum/diagram/x"));
  }

  @Test
  void whatIsNoDiagramIsNamed() {
    for (Array broken : List.of(
        Array.of(0, 0, 1),
        Array.table(2, 0, 0),
        Array.table(3, 0.5, 0, 1),
        Array.table(3, -1, 0, 1),
        Array.table(3, 0, 1, 0.5),
        Array.table(3, 0, Double.NaN, 1))) {
      var arrays = new TreeMap<>(Map.of(DiagramArrays.found("wte\n"), broken));
      BadInput error = assertThrows(BadInput.class, () -> DiagramArrays.read(arrays));
      assertEquals("diagram-broken", error.rule());
      assertTrue(error.getMessage().contains("diagram/wte\\u000a"), error.getMessage());
    }
  }
}
