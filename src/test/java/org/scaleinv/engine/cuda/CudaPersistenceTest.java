package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Persistence.Progress;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** What the device does of persistent homology, what it hands over, and that both give the diagrams of the CPU. */
class CudaPersistenceTest {
  private static final Map<String, Long> REDUCED = Map.of("persistence.reduction", 1L);
  private static final Map<String, Long> HANDED_OVER = Map.of("persistence", 1L);

  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterEach
  void nothingIsAlive() {
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  private static float[] distances(int points, long seed) {
    var random = new SplittableRandom(seed);
    float[] distances = new float[points * points];
    for (int j = 0; j < points; j++) {
      for (int i = 0; i < j; i++) {
        distances[i * points + j] = distances[j * points + i] = 1 + random.nextInt(400) / 400f;
      }
    }
    return distances;
  }

  private static PersistentHomology of(Engine engine, float[] distances, int points, Rips rips) {
    try (Buffer buffer = engine.upload(MemorySegment.ofArray(distances), DType.F32, points, points)) {
      return engine.persistence().dense(buffer, rips, 1, Progress.NONE);
    }
  }

  private static void assertSame(PersistentHomology expected, PersistentHomology found) {
    assertEquals(expected.threshold(), found.threshold());
    assertEquals(expected.edges(), found.edges());
    assertEquals(expected.diagrams().size(), found.diagrams().size());
    for (int k = 0; k < expected.diagrams().size(); k++) {
      assertArrayEquals(expected.diagram(k).births(), found.diagram(k).births(), "births of dimension " + k);
      assertArrayEquals(expected.diagram(k).deaths(), found.diagram(k).deaths(), "deaths of dimension " + k);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 2", "30, 2, 2", "30, 3, 3", "70, 1, 2", "12, 20, 2"})
  void diagramsAreThoseOfTheCpu(int points, int dimension, int modulus) {
    float[] distances = distances(points, points);
    Rips plain = Rips.upTo(dimension).modulo(modulus);
    List<Rips> all =
        List.of(
            plain,
            plain.within(1.5f),
            plain.within(0.5f),
            plain.withRepresentatives().collapsing(Rips.Collapse.NEVER),
            plain.without(Set.of(Rips.Speedup.ENCLOSING_RADIUS, Rips.Speedup.CLEARING)));
    for (Rips rips : all) {
      PersistentHomology expected;
      try (CpuEngine cpu = new CpuEngine()) {
        expected = of(cpu, distances, points, rips);
      }
      try (CudaEngine engine = Emulator.open()) {
        assertSame(expected, of(engine, distances, points, rips));
        assertEquals(REDUCED, engine.handedToCpu());
        Set<String> launched = engine.launches().keySet();
        assertTrue(launched.containsAll(Set.of("inspect_distances", "count_edges")), launched::toString);
        boolean edges = rips.threshold() != 0.5f;
        assertEquals(edges, launched.contains("critical_edges"), launched::toString);
        assertEquals(edges && Math.min(dimension, points - 1) > 1, launched.contains("critical_simplices"));
      }
    }
  }

  /** Launches of few edges, and of as many as there are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void launchesOfAnySizeGiveTheSame(int together) {
    float[] distances = distances(24, 3);
    Rips rips = Rips.upTo(2);
    try (CudaEngine engine = Emulator.open();
        Buffer buffer = engine.upload(MemorySegment.ofArray(distances), DType.F32, 24, 24)) {
      PersistentHomology expected = engine.persistence().dense(buffer, rips, 1, Progress.NONE);
      long before = engine.launches().get("critical_edges");
      var persistence = new CudaPersistence(engine, together);
      List<Long> steps = new ArrayList<>();
      Progress progress =
          (dimension, done, total) -> {
            if (dimension < 0 && total > 0) {
              assertEquals(2 * expected.edges(), total);
              steps.add(done);
            }
            return true;
          };
      assertSame(expected, persistence.dense(buffer, rips, 1, progress));
      long launches = Math.ceilDiv(expected.edges(), together);
      assertTrue(engine.launches().get("critical_edges") - before >= launches);
      assertEquals(2 * launches, steps.size());
      assertEquals(2 * expected.edges(), steps.getLast());
    }
  }

  @Test
  void whoeverHearsOfItCanEndIt() {
    try (CudaEngine engine = Emulator.open();
        Buffer buffer = engine.upload(MemorySegment.ofArray(distances(9, 1)), DType.F32, 9, 9)) {
      assertThrows(
          Cancelled.class, () -> engine.persistence().dense(buffer, Rips.upTo(1), 1, (k, done, total) -> false));
      assertEquals(1, engine.launches().get("inspect_distances"));
      assertEquals(Map.of(), engine.handedToCpu());
    }
  }

  /** With what does not suit the kernels, nothing of the filtration is begun on the device. */
  @Test
  void whatTheKernelsDoNotDoIsHandedOver() {
    Rips plain = Rips.upTo(2);
    for (Rips rips : List.of(
        Rips.upTo(0),
        plain.collapsing(Rips.Collapse.ALWAYS),
        plain.without(Set.of(Rips.Speedup.APPARENT_PAIRS)))) {
      try (CudaEngine engine = Emulator.open()) {
        of(engine, distances(8, 1), 8, rips);
        assertEquals(HANDED_OVER, engine.handedToCpu());
        assertEquals(Set.of(), engine.launches().keySet());
      }
    }
    for (int points = 0; points < 2; points++) {
      try (CudaEngine engine = Emulator.open()) {
        assertEquals(points, of(engine, new float[points], points, plain).diagram(0).size());
        assertEquals(HANDED_OVER, engine.handedToCpu());
      }
    }
  }

  /** 40 points have 780 edges, for which 16 bytes each are needed while they are sorted, and 40 rows of 512 bytes. */
  @ParameterizedTest
  @ValueSource(ints = {8 << 10, 64 << 10})
  void whatTheDeviceHasNoRoomForIsHandedOver(int memory) {
    float[] distances = distances(40, 2);
    PersistentHomology expected;
    try (CpuEngine cpu = new CpuEngine()) {
      expected = of(cpu, distances, 40, Rips.upTo(1));
    }
    Emulator.set("memory", memory + distances.length * Float.BYTES);
    try (CudaEngine engine = Emulator.open(4096, 0)) {
      assertSame(expected, of(engine, distances, 40, Rips.upTo(1)));
      assertEquals(memory < 1 << 15 ? HANDED_OVER : REDUCED, engine.handedToCpu());
    }
  }

  /** The number of the entry is the CPU's to find; here, that the device sees each kind of fault wherever it is. */
  @ParameterizedTest
  @CsvSource({"1, 0, NaN, NaN", "33, 2, 1, 1.5", "40, 3, -1, -1", "3, 40, -Infinity, -Infinity", "37, 37, 1, 1"})
  void distancesThatAreNoneAreNamed(int i, int j, float one, float other) {
    float[] distances = distances(41, 4);
    distances[i * 41 + j] = one;
    distances[j * 41 + i] = other;
    try (CudaEngine engine = Emulator.open()) {
      var failed = assertThrows(EngineFailure.class, () -> of(engine, distances, 41, Rips.upTo(1)));
      assertTrue(failed.getMessage().contains(String.valueOf(Math.max(i, j))), failed.getMessage());
      assertEquals(HANDED_OVER, engine.handedToCpu());
    }
  }

  @Test
  void thePastOfAMemoryLimitNamesTheBytes() {
    float[] distances = distances(40, 5);
    try (CudaEngine engine = Emulator.open()) {
      int limit = distances.length * Float.BYTES + 8;
      var failed =
          assertThrows(EngineFailure.class, () -> of(engine, distances, 40, Rips.upTo(2).inMemory(limit)));
      assertTrue(failed.getMessage().contains(String.valueOf(limit)), failed.getMessage());
      assertEquals(Map.of(), engine.handedToCpu());
    }
  }
}
