package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.PersistenceBruteForce;
import org.scaleinv.engine.PersistenceDegenerate;
import org.scaleinv.engine.PersistenceEquivariance;
import org.scaleinv.engine.PersistenceLimits;
import org.scaleinv.engine.PersistenceRepresentatives;
import org.scaleinv.engine.PersistenceSpaces;

/** The contract on the emulated device. */
class CudaPersistenceContractTest {
  private static CudaEngine engine;

  @BeforeAll
  static void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterAll
  static void nothingIsLeft() {
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @Nested
  class BruteForce extends PersistenceBruteForce {
    @Override
    protected Engine engine() {
      return engine;
    }

    @Override
    protected int several(int dimension) {
      return new int[] {0, 20, 14, 10}[dimension];
    }
  }

  @Nested
  class Degenerate extends PersistenceDegenerate {
    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Equivariance extends PersistenceEquivariance {
    @Override
    protected Engine engine() {
      return engine;
    }

    @Override
    protected int several() {
      return 20;
    }
  }

  @Nested
  class Limits extends PersistenceLimits {
    @Override
    protected Engine engine() {
      return engine;
    }

    @Override
    protected int several() {
      return 40;
    }
  }

  @Nested
  class Representatives extends PersistenceRepresentatives {
    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Spaces extends PersistenceSpaces {
    @Override
    protected Engine engine() {
      return engine;
    }
  }
}
