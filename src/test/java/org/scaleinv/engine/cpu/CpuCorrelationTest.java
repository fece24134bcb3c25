package org.scaleinv.engine.cpu;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.scaleinv.engine.CorrelationContract;
import org.scaleinv.engine.Engine;

/** The contract at each instruction set that this processor has; a set that it lacks runs as the best below it. */
class CpuCorrelationTest {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    SimdLevel.lift();
    ENGINE.close();
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

  abstract static class AtLevel extends CorrelationContract {
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
