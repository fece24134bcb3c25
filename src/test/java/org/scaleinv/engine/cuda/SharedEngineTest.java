package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads with different work on one engine at once get the bits that each gets alone. */
class SharedEngineTest {
  private static final int SIZE = 33;
  private static final int THREADS = 4;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void differentWorkAtOnceGivesTheSameBits(int lazy) throws Exception {
    Emulator.reset();
    Emulator.set("lazy", lazy);
    List<DeviceWork> all = DeviceWork.all();
    try (CudaEngine engine = Emulator.open(512, 1 << 20);
        var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (DeviceWork work : all) {
        byte[] expected = work.run(engine, SIZE);
        for (int i = 0; i < 2; i++) {
          tasks.add(
              () -> {
                assertArrayEquals(expected, work.run(engine, SIZE), work.name());
                return null;
              });
        }
      }
      Collections.shuffle(tasks, new Random(5));
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }
}
