package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The functions that a driver is looked through for, before JCuda is touched, are those that are called through it. */
class DriverFunctionsTest {
  @Test
  void theListIsWhatTheEngineCalls() {
    Emulator.reset();
    try (CudaEngine engine = Emulator.open(256, 0)) {
      DeviceWork.all().forEach(work -> work.run(engine, 4));
      engine.perform(() -> "calls that no operation makes so far", () -> callTheRest(engine));
    }
    Set<String> called = new TreeSet<>();
    Emulator.calls().keySet().stream().filter(name -> !name.startsWith("cublas")).forEach(called::add);
    assertEquals(withoutVersions(DriverFunctions.NAMES), withoutVersions(called));
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  private static void callTheRest(CudaEngine engine) {
    Driver driver = engine.openedDevice().driver();
    long stream = engine.openedDevice().streams().compute();
    long from = driver.createEvent();
    long to = driver.createEvent();
    driver.record(from, stream);
    driver.record(to, stream);
    driver.synchronize(stream);
    driver.elapsed(from, to);
    driver.destroyEvent(from);
    driver.destroyEvent(to);
    int moreThanNeedsNoLeave = 49 << 10;
    engine.kernels().launch("find_special", Driver.Grid.of(1, 32), moreThanNeedsNoLeave, 0L, 0L, 0L);
  }

  private static Set<String> withoutVersions(Iterable<String> names) {
    Set<String> plain = new TreeSet<>();
    names.forEach(name -> plain.add(name.replaceAll("_v[0-9]$", "")));
    return plain;
  }
}
