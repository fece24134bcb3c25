package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectraContract;

class CudaSpectraTest extends SpectraContract {
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
    assertEquals(1L, engine.handedToCpu().get("singularVectors"), "order 129");
    for (String kernel :
        List.of(
            "accumulate_triangles", "triangle_products", "singular_values_shared", "singular_vectors_shared",
            "singular_vectors_global")) {
      assertTrue(engine.launches().getOrDefault(kernel, 0L) > 0, engine.launches().toString());
    }
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
  protected int[] largeOrders() {
    return new int[] {191, 193};
  }
}
