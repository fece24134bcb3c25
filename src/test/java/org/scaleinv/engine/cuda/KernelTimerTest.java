package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.KernelTime;
import org.scaleinv.engine.Metric;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** Which work is timed, on the emulated device; what it takes says nothing there. */
class KernelTimerTest {
  private static final int LAUNCH_OUT_OF_RESOURCES = 701;

  private CudaEngine engine;

  @BeforeEach
  void open() {
    Emulator.reset();
    engine = Emulator.open();
  }

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  @Test
  void everyKernelAndLibraryCallIsTimedInTheOrderOfFirstLaunches() {
    try (Buffer points = floats(70, 5)) {
      assertEquals(List.of("unit_rows 1", "distances_dot 1"), timed(() -> distances(points, Metric.COSINE)));
      assertEquals(
          List.of("distances_manhattan 2"),
          timed(
              () -> {
                distances(points, Metric.MANHATTAN);
                distances(points, Metric.MANHATTAN);
              }));
    }
    try (Buffer panel = engine.upload(MemorySegment.ofArray(new double[12]), DType.F64, 4, 3);
        Buffer gram = engine.spectra().zeros(3)) {
      assertEquals(List.of("cuBLAS dsyrk 1"), timed(() -> engine.spectra().accumulateGram(gram, panel, false, 1)));
    }
  }

  @Test
  void gramMatricesCanBeLeftToTheOwnKernel() {
    System.setProperty("scaleinv.gram", "own");
    try (Buffer panel = engine.upload(MemorySegment.ofArray(new double[] {1, 2, 3, 4}), DType.F64, 2, 2);
        Buffer gram = engine.spectra().zeros(2)) {
      assertEquals(List.of("gram_accumulate 1"), timed(() -> engine.spectra().accumulateGram(gram, panel, false, 1)));
      double[] found = new double[4];
      engine.download(gram, MemorySegment.ofArray(found));
      assertEquals(List.of(10.0, 14.0, 20.0), List.of(found[0], found[2], found[3]));
    } finally {
      System.clearProperty("scaleinv.gram");
    }
  }

  @Test
  void workThatIsTimedHasTwoEventsALaunch() {
    try (Buffer points = floats(3, 2)) {
      distances(points, Metric.MANHATTAN);
      long before = events();
      distances(points, Metric.MANHATTAN);
      long untimed = events() - before;
      timed(() -> distances(points, Metric.MANHATTAN));
      assertEquals(before + 2 * untimed + 2, events());
    }
  }

  @Test
  void eventsAreUsedAgain() {
    try (Buffer points = floats(3, 2)) {
      timed(() -> distances(points, Metric.COSINE));
      long made = Emulator.count("events");
      timed(() -> distances(points, Metric.COSINE));
      assertEquals(made, Emulator.count("events"));
    }
  }

  @Test
  void whatFailedIsForgotten() {
    try (Buffer points = floats(3, 2)) {
      Emulator.fail("cuLaunchKernel", 2, LAUNCH_OUT_OF_RESOURCES);
      assertThrows(EngineFailure.class, () -> timed(() -> distances(points, Metric.COSINE)));
      assertEquals(List.of("distances_manhattan 1"), timed(() -> distances(points, Metric.MANHATTAN)));
    }
  }

  private List<String> timed(Runnable work) {
    List<KernelTime> times = engine.probe().timed(work);
    times.forEach(time -> assertTrue(time.seconds() >= 0, time.toString()));
    return times.stream().map(time -> time.kernel() + " " + time.launches()).toList();
  }

  private void distances(Buffer points, Metric metric) {
    engine.distances().all(points, metric, 1).close();
  }

  private Buffer floats(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 - 3;
    }
    return engine.upload(MemorySegment.ofArray(values), DType.F32, rows, columns);
  }

  private static long events() {
    return Emulator.calls().getOrDefault("cuEventRecord", 0L);
  }
}
