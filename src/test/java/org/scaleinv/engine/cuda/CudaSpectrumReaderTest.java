package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectrumReaderContract;

class CudaSpectrumReaderTest extends SpectrumReaderContract {
  private static CudaEngine engine;

  @BeforeAll
  static void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterAll
  static void theDeviceWorkedAndNothingIsLeft() {
    assertTrue(engine.launches().getOrDefault("find_special", 0L) > 0, engine.launches().toString());
    assertTrue(engine.launches().getOrDefault("sturm_eigenvalues", 0L) > 0, engine.launches().toString());
    assertEquals(null, engine.handedToCpu().get("symmetricEigenvalues"));
    assertEquals(null, engine.handedToCpu().get("accumulateGram"));
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @Override
  protected Engine engine() {
    return engine;
  }

  @Override
  protected int several() {
    return 140;
  }
}
