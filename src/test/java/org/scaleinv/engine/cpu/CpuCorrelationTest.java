package org.scaleinv.engine.cpu;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.CorrelationContract;
import org.scaleinv.engine.Engine;

/** The contract at each instruction set that this processor has; a set that it lacks runs as the best below it. */
class CpuCorrelationTest {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    Scaleinv.scaleinv_simd_limit(Scaleinv.SCALEINV_SIMD_AVX512());
    ENGINE.close();
  }

  @Nested
  class Baseline extends AtLevel {
    Baseline() {
      super(Scaleinv.SCALEINV_SIMD_BASELINE());
    }
  }

  @Nested
  class Avx2 extends AtLevel {
    Avx2() {
      super(Scaleinv.SCALEINV_SIMD_AVX2());
    }
  }

  @Nested
  class Avx512 extends AtLevel {
    Avx512() {
      super(Scaleinv.SCALEINV_SIMD_AVX512());
    }
  }

  abstract static class AtLevel extends CorrelationContract {
    private final int level;

    AtLevel(int level) {
      this.level = level;
    }

    @BeforeEach
    void limit() {
      Scaleinv.scaleinv_simd_limit(level);
    }

    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }
}
