package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.scaleinv.engine.CheckedDistancesContract;
import org.scaleinv.engine.Engine;

class CudaCheckedDistancesTest extends CheckedDistancesContract {
  private static CudaEngine engine;

  @BeforeAll
  static void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterAll
  static void theHostCompletedThemAndNothingIsLeft() {
    assertEquals(Set.of("distanceMatrix"), engine.handedToCpu().keySet());
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @Override
  protected Engine engine() {
    return engine;
  }
}
