package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Metric;
import org.scaleinv.tensor.DType;

/** Every kernel once under the search for races and for accesses out of bounds, sizes beside those of tiles. */
@Tag("checked")
class CheckedKernelsTest {
  private CudaEngine engine;

  @BeforeEach
  void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterEach
  void nothingWasFoundAndNothingIsLeft() {
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
  }

  /** Spread points, pairs near each other in a list, and all of them near. */
  @ParameterizedTest
  @EnumSource
  void distancesAndTheirGraph(Metric metric) {
    for (float offset : new float[] {0, 30}) {
      try (Buffer points = points(67, 9, offset);
          Buffer all = engine.distances().all(points, metric, 1);
          Buffer rows = engine.distances().rows(points, metric, 3, 64, 1)) {
        assertEquals(67, all.rows());
        assertEquals(64, rows.rows());
        assertEquals(67 * 66 / 2, engine.distances().within(points, metric, Float.POSITIVE_INFINITY, 1).pairs());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void widening(DType type) {
    if (type.widens()) {
      try (Buffer packed = engine.upload(MemorySegment.ofArray(new byte[131 * type.bytes()]), type, 1, 131);
          Buffer floats = engine.widening().widen(packed, DType.F32);
          Buffer doubles = engine.widening().widen(packed, DType.F64)) {
        assertEquals(131, floats.columns());
        assertTrue(type == DType.F8_E8M0 || engine.spectra().finite(doubles));
      }
    }
  }

  private Buffer points(int n, int d, float offset) {
    var random = new SplittableRandom(5);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = offset + (float) random.nextDouble(-1, 1);
    }
    System.arraycopy(values, 0, values, 5 * d, d);
    return engine.upload(MemorySegment.ofArray(values), DType.F32, n, d);
  }
}
