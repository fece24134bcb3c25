package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel under the search for races and for accesses out of bounds, sizes beside those of tiles. */
@Tag("checked")
class CheckedKernelsTest {
  private static final Set<String> launched = new TreeSet<>();

  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterAll
  static void everyKernelWasLaunched() {
    DeviceWork.assertEveryKernelIn(launched);
  }

  static List<DeviceWork> works() {
    return DeviceWork.all();
  }

  @ParameterizedTest
  @MethodSource("works")
  void nothingIsFoundAndNothingIsLeft(DeviceWork work) {
    try (CudaEngine engine = Emulator.open()) {
      for (int size : new int[] {5, 67}) {
        assertDoesNotThrow(() -> work.run(engine, size), Emulator::fault);
      }
      launched.addAll(engine.launches().keySet());
    }
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
  }
}
