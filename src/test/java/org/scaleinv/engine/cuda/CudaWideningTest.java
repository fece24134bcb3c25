package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.WideningContract;
import org.scaleinv.tensor.DType;

class CudaWideningTest extends WideningContract {
  private static CudaEngine engine;

  @BeforeAll
  static void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterAll
  static void everyKernelWasLaunchedAndNothingIsLeft() {
    Set<String> kernels = new TreeSet<>();
    for (DType source : DType.values()) {
      for (DType target : new DType[] {DType.F32, DType.F64}) {
        if (source.widens() && source != target) {
          kernels.add(CudaWidening.kernel(source, target));
        }
      }
    }
    assertEquals(kernels, engine.launches().keySet());
    assertEquals(Set.of(), engine.handedToCpu().keySet());
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
