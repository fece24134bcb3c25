package org.scaleinv.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** The way through the bindings; what the engine finds is tested beside the contract of all engines. */
class CpuPersistenceTest {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  /** A cycle of n points at distances of steps along it: one class from 1 to ⌈n/3⌉. */
  @ParameterizedTest
  @ValueSource(ints = {4, 7, 11})
  void cycleOfPointsHasOneClassOfDimension1(int n) {
    PersistentHomology found = of(n, cycle(n), Rips.upTo(2).modulo(3).withRepresentatives());
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    ones[n - 1] = Float.POSITIVE_INFINITY;
    assertArrayEquals(ones, found.diagram(0).deaths());
    Diagram one = found.diagram(1);
    assertArrayEquals(new float[] {1}, one.births());
    assertArrayEquals(new float[] {Math.ceilDiv(n, 3)}, one.deaths());
    assertEquals(0, found.diagram(2).size());
    assertEquals(2, one.representatives().birthSimplices().length);
    assertEquals(3, one.representatives().deathSimplices().length);
  }

  private static float[] cycle(int n) {
    float[] distances = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        distances[i * n + j] = Math.min(Math.abs(i - j), n - Math.abs(i - j));
      }
    }
    return distances;
  }

  @Test
  void badEntriesAreNamed() {
    EngineFailure failure = assertThrows(EngineFailure.class, () -> of(2, new float[] {0, 1, 2, 0}, Rips.upTo(1)));
    assertEquals(
        "cpu engine: persistent homology of 2 points: distance (1, 0) is 2.000000, distance (0, 1) is 1.000000: "
            + "expected the same",
        failure.getMessage());
  }

  @Test
  void limitOfMemoryIsAFailureThatNamesIt() {
    EngineFailure failure =
        assertThrows(EngineFailure.class, () -> of(12, cycle(12), Rips.upTo(1).inMemory(600)));
    assertEquals("the limit is 600", failure.getMessage().substring(failure.getMessage().lastIndexOf(", ") + 2));
  }

  @Test
  void progressEndsAComputationAndItsFailureComesThrough() {
    assertThrows(Cancelled.class, () -> run(cycle(4), 4, Rips.upTo(1), (dimension, done, total) -> false));
    IllegalStateException thrown = new IllegalStateException("own");
    assertEquals(
        thrown,
        assertThrows(
            IllegalStateException.class,
            () -> run(
                cycle(4),
                4,
                Rips.upTo(1),
                (dimension, done, total) -> {
                  throw thrown;
                })));
  }

  private static PersistentHomology of(int n, float[] distances, Rips rips) {
    return run(distances, n, rips, Persistence.Progress.NONE);
  }

  private static PersistentHomology run(float[] distances, int n, Rips rips, Persistence.Progress progress) {
    try (Buffer buffer = ENGINE.upload(MemorySegment.ofArray(distances), DType.F32, n, n)) {
      return ENGINE.persistence().dense(buffer, rips, 1, progress);
    }
  }
}
