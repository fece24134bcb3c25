package org.scaleinv.engine.cpu;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.PersistenceBruteForce;
import org.scaleinv.engine.PersistenceDegenerate;
import org.scaleinv.engine.PersistenceEquivariance;
import org.scaleinv.engine.PersistenceLimits;
import org.scaleinv.engine.PersistenceRepresentatives;
import org.scaleinv.engine.PersistenceSpaces;

/** The contract, what brute force says of it at each instruction set that this processor has. */
class CpuPersistenceContractTest {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    SimdLevel.lift();
    ENGINE.close();
  }

  @Nested
  class BruteForceBaseline extends BruteForceAtLevel {
    BruteForceBaseline() {
      super(SimdLevel.BASELINE);
    }
  }

  @Nested
  class BruteForceAvx2 extends BruteForceAtLevel {
    BruteForceAvx2() {
      super(SimdLevel.AVX2);
    }
  }

  @Nested
  class BruteForceAvx512 extends BruteForceAtLevel {
    BruteForceAvx512() {
      super(SimdLevel.AVX512);
    }
  }

  abstract static class BruteForceAtLevel extends PersistenceBruteForce {
    private final SimdLevel level;

    BruteForceAtLevel(SimdLevel level) {
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

  @Nested
  class Degenerate extends PersistenceDegenerate {
    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }

  @Nested
  class Equivariance extends PersistenceEquivariance {
    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }

  @Nested
  class Limits extends PersistenceLimits {
    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }

  @Nested
  class Representatives extends PersistenceRepresentatives {
    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }

  @Nested
  class Spaces extends PersistenceSpaces {
    @Override
    protected Engine engine() {
      return ENGINE;
    }
  }
}
