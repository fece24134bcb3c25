package org.scaleinv.invariant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scaleinv.error.UsageError;

class InvariantFamiliesTest {

  @Test
  void aFamilyIsFoundByItsId() {
    for (InvariantFamily family : InvariantFamilies.all()) {
      assertSame(family, InvariantFamilies.named(family.id()));
    }
  }

  @Test
  void anUnknownFamilyIsAUsageErrorThatListsTheKnown() {
    UsageError error = assertThrows(UsageError.class, () -> InvariantFamilies.named("spectrall"));
    assertTrue(error.getMessage().contains("\"spectrall\""), error.getMessage());
    assertTrue(error.getMessage().contains("spectral"), error.getMessage());
  }

  @Test
  void everyInvariantIsInTheCatalogOnceAndCarriesItsFamily() {
    Set<String> seen = new HashSet<>();
    for (InvariantFamily family : InvariantFamilies.all()) {
      for (InvariantInfo info : family.invariants()) {
        assertTrue(seen.add(info.id()), info.id() + " twice");
        assertTrue(info.id().startsWith(family.id() + "."), info.id());
        assertEquals(info, InvariantCatalog.of(info.id()).orElseThrow());
        assertTrue(info.unit() > 0, info.toString());
      }
    }
    assertTrue(InvariantCatalog.of("spectral.nothing").isEmpty());
  }

  @Test
  void theCatalogTellsSignsUnitsAndIdentities() {
    assertFalse(InvariantCatalog.of("spectral.log_det").orElseThrow().positive());
    assertEquals(0.1, InvariantCatalog.of("spectral.mp_spikes").orElseThrow().unit());
    assertFalse(InvariantCatalog.of("spectral.moment_2").orElseThrow().primary());
    assertFalse(InvariantCatalog.of("spectral.norm_mp_ratio").orElseThrow().primary());
    assertTrue(InvariantCatalog.of("spectral.stable_rank").orElseThrow().primary());
    assertTrue(InvariantCatalog.of("spectral.participation_ratio").orElseThrow().primary());
    assertTrue(InvariantCatalog.of("spectral.depth_norm").orElseThrow().positive());
  }

  /** The option --dimension adds invariants that no list holds. */
  @Test
  void invariantsOfHigherDimensionsAreKnown() {
    assertFalse(InvariantCatalog.of("topology.betti_7_at_5").orElseThrow().positive());
    assertTrue(InvariantCatalog.of("topology.max_persistence_3").orElseThrow().positive());
    for (String none : new String[] {"topology.betti_3_at_6", "topology.landscape_0", "topology.max_persistence_123"}) {
      assertTrue(InvariantCatalog.of(none).isEmpty(), none);
    }
  }

  @Test
  void everyInvariantHasItsRowInTheDocumentation() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "invariants.md"));
    for (InvariantFamily family : InvariantFamilies.all()) {
      for (InvariantInfo info : family.invariants()) {
        long rows = lines.stream().filter(line -> line.startsWith("| `" + info.id() + "` |")).count();
        assertEquals(1, rows, "rows of " + info.id() + " in docs/invariants.md");
      }
    }
  }
}
