package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** Where matrices lie by the device's shared memory, and what is said of those that cannot be decomposed. */
class SmallSpectraTest {
  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterEach
  void nothingIsAlive() {
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  /** A square of order k takes 8·k·(k | 1) bytes; 6 KB of a block's shared memory are spoken for. */
  @ParameterizedTest
  @CsvSource({"128, 99, global", "128, 163, shared", "72, 48, shared", "74, 48, global"})
  void squaresLieInSharedMemoryWhereTheyFit(int order, int sharedKilobytes, String place) {
    double[] inGlobal;
    try (CudaEngine engine = Emulator.open();
        var square = (CudaBuffer) squares(engine, 1, order)) {
      var none = new SmallSpectra(engine, () -> 0, SmallSpectra.MOST_SWEEPS);
      inGlobal =
          engine.perform(
              () -> "values", () -> none.values(new long[] {square.address()}, order, order, i -> "it"))[0];
    }
    Emulator.reset();
    Emulator.set("shared", sharedKilobytes << 10);
    try (CudaEngine engine = Emulator.open();
        Buffer square = squares(engine, 1, order)) {
      assertArrayEquals(inGlobal, engine.spectra().singularValues(square));
      assertEquals(1L, engine.launches().get("singular_values_" + place), engine.launches().toString());
    }
  }

  @Test
  void theOneThatIsNotFiniteIsNamed() {
    try (CudaEngine engine = Emulator.open()) {
      double[] values = new double[3 * 16];
      values[2 * 16 - 1] = Double.NaN;
      try (Buffer stack = engine.upload(MemorySegment.ofArray(values), DType.F64, 12, 4)) {
        var failed = assertThrows(EngineFailure.class, () -> engine.spectra().singularValues(stack, 3, 1));
        assertEquals(
            "cuda-emulated engine: singular values of matrix 1 of 3, F64 4 x 4 on device 0 ("
                + engine.device().name() + "): an entry is NaN or infinite",
            failed.getMessage());
      }
    }
  }

  @Test
  void theOneThatDoesNotConvergeIsNamed() {
    try (CudaEngine engine = Emulator.open();
        var stack = (CudaBuffer) squares(engine, 1, 6)) {
      var hasty = new SmallSpectra(engine, () -> 99 << 10, 2);
      var failed =
          assertThrows(
              EngineFailure.class,
              () -> engine.perform(
                  () -> "values", () -> hasty.values(new long[] {stack.address()}, 6, 6, i -> "matrix " + i)));
      assertTrue(
          failed.getMessage().endsWith("Jacobi rotations did not converge in 2 sweeps"), failed.getMessage());
      assertTrue(failed.getMessage().contains("singular values of matrix 0 "), failed.getMessage());
    }
  }

  private static Buffer squares(CudaEngine engine, int count, int order) {
    double[] values = new SplittableRandom(7).doubles((long) count * order * order, -1, 1).toArray();
    return engine.upload(MemorySegment.ofArray(values), DType.F64, (long) count * order, order);
  }
}
