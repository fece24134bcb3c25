package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistancesContract;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

class CudaDistancesTest extends DistancesContract {
  private static CudaEngine engine;

  @BeforeAll
  static void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterAll
  static void everyKernelWasLaunchedAndNothingIsLeft() {
    assertEquals(
        Set.of(
            "distances_chebyshev",
            "distances_dot",
            "distances_manhattan",
            "near_pairs_chebyshev",
            "near_pairs_dot",
            "near_pairs_manhattan",
            "squared_norms",
            "unit_rows"),
        engine.launches().keySet());
    assertEquals(Set.of(), engine.handedToCpu().keySet());
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @Override
  protected Engine engine() {
    return engine;
  }

  /** Around a side of a tile and of two. */
  @Override
  protected int[] counts() {
    return new int[] {1, 3, 63, 64, 65, 129};
  }

  /** Around the coordinates of a load, of a slice and of two. */
  @Override
  protected int[] dimensions() {
    return new int[] {1, 3, 4, 7, 8, 9, 16, 67};
  }

  @Override
  protected int several() {
    return 150;
  }

  @Test
  void aGraphOfMorePairsThanAnArrayHoldsIsRefusedByTheirNumber() {
    try (Buffer points = points(engine, 20, 3)) {
      var few = new CudaDistances(engine, 189);
      String message =
          assertThrows(
              EngineFailure.class, () -> few.within(points, Metric.MANHATTAN, Float.POSITIVE_INFINITY, 1))
              .getMessage();
      assertTrue(message.endsWith("190 pairs, a graph holds at most 189"), message);
    }
  }

  private static Buffer points(CudaEngine engine, int n, int d) {
    var random = new SplittableRandom(3);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return engine.upload(MemorySegment.ofArray(values), DType.F32, n, d);
  }
}
