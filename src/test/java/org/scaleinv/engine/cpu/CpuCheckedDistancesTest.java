package org.scaleinv.engine.cpu;

import org.junit.jupiter.api.AfterAll;
import org.scaleinv.engine.CheckedDistancesContract;
import org.scaleinv.engine.Engine;

class CpuCheckedDistancesTest extends CheckedDistancesContract {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Override
  protected Engine engine() {
    return ENGINE;
  }
}
