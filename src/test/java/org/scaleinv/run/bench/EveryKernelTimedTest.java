package org.scaleinv.run.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cuda.Emulator;
import org.scaleinv.engine.cuda.KernelListing;

/** Every {@code __global__} function there is belongs to an operation that an acceptance times, its answer checked. */
class EveryKernelTimedTest {
  private static final String GRAM = "scaleinv.gram";

  @Test
  void everyKernelIsLaunchedByAnOperationThatIsTimed() {
    Emulator.reset();
    Set<String> launched = new TreeSet<>(launches(DeviceSuite.of(true)));
    System.setProperty(GRAM, "own");
    try {
      launched.addAll(launches(DeviceSuite.of(true).select(List.of("gram"))));
    } finally {
      System.clearProperty(GRAM);
    }
    launched.removeIf(name -> name.startsWith("cuBLAS"));
    assertEquals(KernelListing.names(), launched, "kernels, and those that an acceptance times");
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  private static Set<String> launches(Suite suite) {
    try (Engine engine = Emulator.open()) {
      for (Operation operation : suite.operations()) {
        DeviceBench.once(operation, engine);
      }
      return engine.launches().keySet();
    }
  }
}
