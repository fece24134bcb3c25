package org.scaleinv.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistancesContract;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** The contract at each instruction set that this processor has; a set that it lacks runs as the best below it. */
class CpuDistancesTest {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    SimdLevel.lift();
    ENGINE.close();
  }

  @Test
  void morePairsThanAnArrayHoldsAreAFailureThatNamesHowMany() {
    var distances = new CpuDistances(ENGINE, 45);
    float[] line = new float[200];
    for (int i = 0; i < line.length; i++) {
      line[i] = i;
    }
    try (Buffer ten = ENGINE.upload(MemorySegment.ofArray(new float[10]), DType.F32, 10, 1);
        Buffer points = ENGINE.upload(MemorySegment.ofArray(line), DType.F32, 200, 1)) {
      assertEquals(45, distances.within(ten, Metric.EUCLIDEAN, 0, 2).pairs());
      EngineFailure failure =
          assertThrows(EngineFailure.class, () -> distances.within(points, Metric.EUCLIDEAN, 2, 2));
      assertEquals(
          "cpu engine: EUCLIDEAN distances of F32 200 x 1 within 2.0: 397 pairs lie within the threshold, at most 45 fit",
          failure.getMessage());
    }
  }

  @Nested
  class Baseline extends AtLevel {
    Baseline() {
      super(SimdLevel.BASELINE);
    }
  }

  @Nested
  class Avx2 extends AtLevel {
    Avx2() {
      super(SimdLevel.AVX2);
    }
  }

  @Nested
  class Avx512 extends AtLevel {
    Avx512() {
      super(SimdLevel.AVX512);
    }
  }

  abstract static class AtLevel extends DistancesContract {
    private final SimdLevel level;

    AtLevel(SimdLevel level) {
      this.level = level;
    }

    @BeforeEach
    void limit() {
      level.use();
    }

    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }
}
