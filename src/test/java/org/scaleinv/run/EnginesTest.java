package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cuda.Cuda;
import org.scaleinv.engine.cuda.CudaEngine;
import org.scaleinv.engine.cuda.Emulator;
import org.scaleinv.error.EngineFailure;

/** Which of several devices is taken. */
class EnginesTest {
  private static final int DEVICE_UNAVAILABLE = 46;

  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void threeDevices() {
    Emulator.reset();
    Emulator.set("devices", 3);
  }

  @AfterEach
  void nothingIsAlive() {
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void devicesThatAreOccupiedArePassedByAndNamed(int occupied) {
    try (Engine engine = Engines.firstThatOpens(List.of(0, 1, 2), device -> open(device, occupied), notes::add)) {
      assertEquals(occupied, ((CudaEngine) engine).device().ordinal());
    }
    assertEquals(occupied, notes.size(), notes.toString());
    for (int device = 0; device < occupied; device++) {
      String note = notes.get(device);
      String start = "computing on device " + occupied + ": cuda-emulated engine: opening on device " + device + " ";
      assertTrue(note.startsWith(start) && note.contains("another process holds the device"), note);
    }
  }

  @Test
  void whereNoneOpensTheFirstFailureIsTold() {
    var failed =
        assertThrows(
            EngineFailure.class,
            () -> Engines.firstThatOpens(List.of(1, 2), device -> open(device, 3), notes::add));
    assertTrue(failed.getMessage().contains("opening on device 1 "), failed.getMessage());
    assertEquals(1, failed.getSuppressed().length);
    assertEquals(List.of(), notes);
  }

  /** Devices below {@code occupied} are held by another process. */
  private static Engine open(int device, int occupied) {
    if (device < occupied) {
      Emulator.fail("cuDevicePrimaryCtxRetain", 1, DEVICE_UNAVAILABLE);
    }
    return Cuda.openEmulated(device);
  }
}
