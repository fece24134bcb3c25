package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PlainCriticalSimplices;
import org.scaleinv.engine.Rips;
import org.scaleinv.tensor.DType;

/** The columns that the device assembles are the critical simplices by their definition, no more and no fewer. */
class RipsAssemblyTest {
  private static final int[] inAll = new int[6];

  @AfterAll
  static void thereWereSomeOfEveryDimension() {
    for (int k = 1; k < inAll.length; k++) {
      assertTrue(inAll[k] > 10, inAll[k] + " critical simplices of dimension " + k);
    }
  }

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

  /**
   * Around a word of 32 vertices, a row of 128 ranks and a tile of 2,048 edges; few lengths, so that most are tied, some
   * pairs are never joined, and some lengths are 0.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 1, 4", "3, 2, 4", "9, 3, 3", "12, 5, 1000", "20, 5, 1000000", "33, 3, 6", "40, 3, 1000000", "67, 2, 5",
    "130, 1, 1000000", "140, 2, 40"
  })
  void areTheCriticalSimplices(int points, int dimension, int lengths) {
    float[] distances = distances(points, lengths, points);
    for (float threshold : new float[] {Float.POSITIVE_INFINITY, 0.6f, 0.3f}) {
      RipsColumns found = columns(distances, points, Rips.upTo(dimension).within(threshold), CriticalSimplices.EDGES);
      assertEquals(threshold, found.threshold());
      compare(new PlainCriticalSimplices(distances, points, threshold), found, dimension);
    }
  }

  private static void compare(PlainCriticalSimplices plain, RipsColumns found, int dimension) {
    assertEquals(dimension, found.counts().length);
    long at = 0;
    for (int k = 1; k <= dimension; k++) {
      Set<List<Integer>> simplices = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
      for (long s = 0; s < found.counts()[k - 1]; s++) {
        List<Integer> simplex = new ArrayList<>();
        for (int v = 0; v <= k; v++) {
          simplex.add(found.vertices().getAtIndex(ValueLayout.JAVA_INT, at++));
        }
        Collections.sort(simplex);
        assertTrue(simplices.add(simplex), () -> simplex + " twice");
      }
      Set<List<Integer>> expected = plain.of(k);
      inAll[k] += expected.size();
      assertEquals(List.copyOf(expected), simplices.stream().sorted(RipsAssemblyTest::byVertices).toList());
    }
  }

  private static int byVertices(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) - b.get(i);
      }
    }
    return 0;
  }

  /** Symmetric, of so many different lengths, with a twentieth of the pairs never joined. */
  private static float[] distances(int points, int lengths, long seed) {
    var random = new SplittableRandom(seed);
    float[] distances = new float[points * points];
    for (int j = 0; j < points; j++) {
      for (int i = 0; i < j; i++) {
        float length = random.nextInt(20) == 0 ? Float.POSITIVE_INFINITY : random.nextInt(lengths) / (float) lengths;
        distances[i * points + j] = distances[j * points + i] = i == 0 && length == 0 ? -0.0f : length;
      }
    }
    return distances;
  }

  private static RipsColumns columns(float[] distances, int points, Rips rips, long together) {
    try (CudaEngine engine = Emulator.open();
        Buffer buffer = engine.upload(MemorySegment.ofArray(distances), DType.F32, points, points)) {
      return columns(engine, buffer, rips, together);
    }
  }

  private static RipsColumns columns(CudaEngine engine, Buffer buffer, Rips rips, long together) {
    var assembly = new RipsAssembly(engine, engine.own(buffer), rips, together);
    assertTrue(assembly.suits());
    return engine.perform(() -> "assembly", () -> assembly.columns(Persistence.Progress.NONE, Arena.ofAuto()));
  }
}
