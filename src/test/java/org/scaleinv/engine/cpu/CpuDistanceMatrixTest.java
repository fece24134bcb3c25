package org.scaleinv.engine.cpu;

import org.junit.jupiter.api.AfterAll;
import org.scaleinv.engine.DistanceMatrixContract;
import org.scaleinv.engine.Engine;

class CpuDistanceMatrixTest extends DistanceMatrixContract {
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
