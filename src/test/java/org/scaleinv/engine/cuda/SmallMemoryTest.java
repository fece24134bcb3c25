package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Standardised;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** A device that holds no more than a part of the answer at a time gives the bits that one with room gives. */
class SmallMemoryTest {
  private static final int POINTS = 150;
  private static final int COORDINATES = 6;
  private static final int MEMORY = 96 << 10;

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

  private static Buffer points(CudaEngine engine) {
    float[] values = new float[POINTS * COORDINATES];
    var random = new SplittableRandom(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return engine.upload(MemorySegment.ofArray(values), DType.F32, POINTS, COORDINATES);
  }

  @ParameterizedTest
  @EnumSource
  void rowsArriveInAsManyBlocksAsThereIsRoomFor(Metric metric) {
    List<Long> blocks = new ArrayList<>();
    float[] expected = new float[POINTS * POINTS];
    try (CudaEngine engine = Emulator.open();
        Buffer points = points(engine);
        Buffer all = engine.distances().all(points, metric, 1)) {
      engine.download(all, MemorySegment.ofArray(expected));
    }
    Emulator.set("memory", MEMORY);
    float[] found = new float[POINTS * POINTS];
    try (CudaEngine engine = Emulator.open();
        Buffer points = points(engine)) {
      engine
          .distances()
          .stream(
              points,
              metric,
              1,
              (from, count, block) -> {
                blocks.add(count);
                MemorySegment.copy(
                    block, ValueLayout.JAVA_FLOAT, 0, found, (int) from * POINTS, (int) count * POINTS);
              });
    }
    assertTrue(blocks.size() > 3, blocks.toString());
    assertArrayEquals(expected, found);
  }

  @Test
  void correlationsArriveInBlocks() {
    float[] expected = correlations(new ArrayList<>());
    Emulator.set("memory", MEMORY);
    List<Long> blocks = new ArrayList<>();
    assertArrayEquals(expected, correlations(blocks));
    assertTrue(blocks.size() > 3, blocks.toString());
  }

  private static float[] correlations(List<Long> blocks) {
    float[] found = new float[POINTS * POINTS];
    try (CudaEngine engine = Emulator.open();
        Buffer variables = points(engine);
        Standardised standardised = engine.correlation().standardise(variables, 1)) {
      engine
          .correlation()
          .stream(
              standardised.rows(),
              1,
              (from, count, block) -> {
                blocks.add(count);
                MemorySegment.copy(
                    block, ValueLayout.JAVA_FLOAT, 0, found, (int) from * POINTS, (int) count * POINTS);
              });
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aGraphIsFoundInParts(int lazy) {
    DistanceGraph expected = all();
    long inOnePart = Emulator.count("launches near_pairs_dot");
    Emulator.reset();
    Emulator.set("memory", MEMORY);
    Emulator.set("lazy", lazy);
    DistanceGraph found = all();
    assertEquals(POINTS * (POINTS - 1) / 2, found.pairs());
    assertTrue(Emulator.count("launches near_pairs_dot") > inOnePart + 2);
    assertArrayEquals(expected.offsets(), found.offsets());
    assertArrayEquals(expected.partners(), found.partners());
    assertArrayEquals(expected.lengths(), found.lengths());
  }

  private static DistanceGraph all() {
    try (CudaEngine engine = Emulator.open();
        Buffer points = points(engine)) {
      return engine.distances().within(points, Metric.EUCLIDEAN, Float.POSITIVE_INFINITY, 1);
    }
  }

  @Test
  void whatDoesNotFitSaysHowMuchWasAskedAndIsFreeAndTheEngineGoesOn() {
    Emulator.set("memory", MEMORY);
    try (CudaEngine engine = Emulator.open(4096, 0);
        Buffer points = points(engine)) {
      int held = POINTS * COORDINATES * Float.BYTES;
      int wanted = POINTS * POINTS * Float.BYTES / 2 * 3;
      assertTrue(wanted > MEMORY - held);
      var full =
          assertThrows(
              EngineFailure.class, () -> engine.upload(MemorySegment.ofArray(new byte[wanted]), DType.U8, wanted, 1));
      assertEquals(
          "cuda-emulated engine: upload of U8 " + wanted + " x 1 on device 0 (" + engine.device().name()
              + "): cuMemAlloc failed with CUDA_ERROR_OUT_OF_MEMORY: asked for " + wanted + " bytes, "
              + (MEMORY - held) + " are free, open buffers hold " + held
              + "; take a device with more memory, or --engine cpu",
          full.getMessage());
      try (Buffer rest = engine.distances().rows(points, Metric.EUCLIDEAN, 0, POINTS, 1)) {
        var second =
            assertThrows(EngineFailure.class, () -> engine.distances().all(points, Metric.COSINE, 1).close());
        assertTrue(
            second.getMessage().startsWith("cuda-emulated engine: COSINE distances of F32 150 x 6, 150 rows"),
            second.getMessage());
        assertTrue(second.getMessage().contains("asked for 90000 bytes, "), second.getMessage());
        assertEquals(POINTS, rest.rows());
      }
      assertEquals(held, Emulator.count("bytes"));
      engine.distances().all(points, Metric.COSINE, 1).close();
    }
  }
}
