package org.scaleinv.acceptance;

import org.scaleinv.engine.Engine;
import org.scaleinv.run.Engines;

/**
 * The engine that the properties {@code scaleinv.test.engine} and {@code scaleinv.test.device} name, opened once in a
 * process.
 */
final class DeviceUnderTest {
  static final String ENGINE = "scaleinv.test.engine";
  static final String DEVICE = "scaleinv.test.device";

  private static Engine engine;

  private DeviceUnderTest() {}

  static synchronized Engine engine() {
    if (engine == null) {
      engine = Engines.open(System.getProperty(ENGINE), Integer.getInteger(DEVICE, 0), System.err::println);
    }
    return engine;
  }

  /** Whether sizes have to be small. */
  static boolean isEmulated() {
    return "cuda-emulated".equals(System.getProperty(ENGINE));
  }

  /** @throws org.scaleinv.error.EngineFailure when the device refuses to release something */
  static synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
