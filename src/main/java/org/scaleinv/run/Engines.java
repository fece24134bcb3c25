package org.scaleinv.run;

import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.error.UsageError;

/** Opens engines by name. */
public final class Engines {
  private Engines() {}

  /**
   * The engine of that name; "auto" takes the best that is there. The caller closes it.
   *
   * @throws UsageError when there is none of that name
   * @throws org.scaleinv.error.EngineFailure when it cannot work here
   */
  public static Engine open(String name) {
    return switch (name) {
      case "auto", "cpu" -> new CpuEngine();
      default -> throw new UsageError("no engine is called " + name + "; there are: auto, cpu");
    };
  }
}
