package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks and threads in random order, and copies and launches only when something waits for them: the bits stay those of
 * work that is done at once, in the order of indices.
 */
class AnyOrderTest {
  /** A tile and a bit, so that blocks have neighbours and tails. */
  private static final int SIZE = 67;

  private static final List<DeviceWork> ALL = DeviceWork.all();
  private static final int[] SEEDS = {11, 12};
  private static final Set<String> launched = new TreeSet<>();
  private static byte[][] expected;

  @BeforeAll
  static void inOrder() {
    Emulator.reset();
    try (CudaEngine engine = Emulator.open()) {
      expected = ALL.stream().map(work -> work.run(engine, SIZE)).toArray(byte[][]::new);
    }
  }

  @AfterAll
  static void everyKernelWasLaunchedAndNothingIsLeft() {
    DeviceWork.assertEveryKernelIn(launched);
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  static IntStream works() {
    return IntStream.range(0, ALL.size());
  }

  @ParameterizedTest
  @MethodSource("works")
  void anyOrderGivesTheSameBits(int index) {
    DeviceWork work = ALL.get(index);
    for (int seed : SEEDS) {
      Emulator.reset();
      Emulator.set("order", seed);
      Emulator.set("lazy", 1);
      try (CudaEngine engine = Emulator.open()) {
        assertArrayEquals(expected[index], work.run(engine, SIZE), work + ", order " + seed);
        launched.addAll(engine.launches().keySet());
      }
      assertEquals("", Emulator.fault());
    }
  }
}
