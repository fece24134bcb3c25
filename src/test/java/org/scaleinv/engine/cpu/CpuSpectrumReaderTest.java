package org.scaleinv.engine.cpu;

import org.junit.jupiter.api.AfterAll;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectrumReaderContract;

class CpuSpectrumReaderTest extends SpectrumReaderContract {
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
