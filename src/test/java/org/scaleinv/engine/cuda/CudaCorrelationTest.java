package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.CorrelationContract;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Standardised;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** The contract in the order of threads, in a random one with copies run as late as they may, and with little memory. */
class CudaCorrelationTest {
  private static CudaEngine engine;

  static void open(long order) {
    Emulator.reset();
    if (order != 0) {
      Emulator.set("order", order);
      Emulator.set("lazy", 1);
    }
    engine = Emulator.open();
  }

  static void close() {
    assertEquals(
        Set.of("best_partners", "correlations", "standardise_f32", "standardise_f64"), engine.launches().keySet());
    assertEquals(Set.of(), engine.handedToCpu().keySet());
    engine.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @Nested
  class InOrder extends OnTheDevice {
    @BeforeAll
    static void openEngine() {
      open(0);
    }

    /** Around a side of a tile and of two. */
    @Override
    protected int[] counts() {
      return new int[] {1, 2, 3, 31, 64, 65, 129};
    }

    /** Around the samples of a load, of a slice and of a warp. */
    @Override
    protected int[] samples() {
      return new int[] {2, 3, 8, 17, 33};
    }
  }

  @Nested
  class BySeed21 extends OnTheDevice {
    @BeforeAll
    static void openEngine() {
      open(21);
    }
  }

  abstract static class OnTheDevice extends CorrelationContract {
    @AfterAll
    static void closeEngine() {
      close();
    }

    @Override
    protected Engine engine() {
      return engine;
    }

    @Override
    protected int[] counts() {
      return new int[] {1, 66};
    }

    @Override
    protected int[] samples() {
      return new int[] {2, 19};
    }

    @Override
    protected int several() {
      return 140;
    }
  }

  /** 200 variables need 160 KB for all correlations: with 96 KB they come in blocks of rows, and best partners at once. */
  @Test
  void littleMemoryMeansSmallerBlocksAndTheSameBits() {
    var random = new SplittableRandom(3);
    float[] values = new float[200 * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    float[] expected = new float[200 * 200];
    int[] partners;
    Emulator.reset();
    try (CudaEngine large = Emulator.open();
        Buffer variables = large.upload(MemorySegment.ofArray(values), DType.F32, 200, 6);
        Standardised standardised = large.correlation().standardise(variables, 1);
        Buffer matrix = large.correlation().matrix(standardised.rows(), 1)) {
      large.download(matrix, MemorySegment.ofArray(expected));
      partners = large.correlation().bestPartners(standardised.rows(), 1).partners();
    }
    Emulator.set("memory", 96 << 10);
    try (CudaEngine small = Emulator.open(4096, 0);
        Buffer variables = small.upload(MemorySegment.ofArray(values), DType.F32, 200, 6);
        Standardised standardised = small.correlation().standardise(variables, 1)) {
      assertThrows(EngineFailure.class, () -> small.correlation().matrix(standardised.rows(), 1));
      float[] streamed = new float[200 * 200];
      int[] blocks = {0};
      small
          .correlation()
          .stream(
              standardised.rows(),
              1,
              (from, count, rows) -> {
                MemorySegment.ofArray(streamed).asSlice(from * 800, count * 800).copyFrom(rows);
                blocks[0]++;
              });
      assertArrayEquals(expected, streamed);
      assertTrue(blocks[0] > 2, blocks[0] + " blocks");
      assertArrayEquals(partners, small.correlation().bestPartners(standardised.rows(), 1).partners());
    } finally {
      Emulator.reset();
    }
    Emulator.assertNothingAlive();
  }
}
