package org.scaleinv.run.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cuda.Emulator;
import org.scaleinv.report.BenchReport;
import org.scaleinv.run.Engines;
import org.scaleinv.run.Progress;
import org.scaleinv.tensor.DType;

/** What a bench does on a device, through the emulated driver. */
class EmulatedBenchTest {
  private static Engine device;

  @BeforeAll
  static void open() {
    Emulator.reset();
    device = Engines.open("cuda-emulated", null, note -> {
    });
  }

  @AfterAll
  static void nothingIsLeft() {
    device.close();
    assertEquals("", Emulator.fault());
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  static Stream<Operation> ceilingsAndTransfers() {
    return Stream.of(
        CeilingOperations.copy(4),
        CeilingOperations.copy(100_000),
        CeilingOperations.product(DType.F32, 1),
        CeilingOperations.product(DType.F32, 35),
        CeilingOperations.product(DType.F64, 1),
        CeilingOperations.product(DType.F64, 35),
        MemoryOperations.upload(1),
        MemoryOperations.upload(70_000),
        MemoryOperations.download(1),
        MemoryOperations.download(70_000));
  }

  @ParameterizedTest
  @MethodSource("ceilingsAndTransfers")
  void ceilingsAndTransfersGiveRightAnswers(Operation operation) {
    try (Trial trial = operation.on(device, 2)) {
      for (int run = 0; run < 2; run++) {
        trial.prepare();
        trial.run();
      }
      assertDoesNotThrow(trial::check);
    }
  }

  @Test
  void everyOperationOfTheSuiteRunsOnTheDevice() {
    Suite suite = Bench.suite(device.name());
    BenchReport report = new Bench(device, 1, 1, 0, true, Progress.NONE).run(suite);
    assertEquals(suite.names(), report.operations().stream().map(BenchReport.Row::operation).toList());
    for (String kernel : new String[] {"widen_bf16_f32", "widen_f32_f64", "distances_dot", "distances_manhattan"}) {
      assertTrue(device.launches().getOrDefault(kernel, 0L) > 0, device.launches().toString());
    }
  }
}
