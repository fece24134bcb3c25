package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** Whatever the driver refuses, the error says what was being done and where, and nothing stays on the device. */
final class CudaFailuresTest {
  private static final int OPERATING_SYSTEM = 304;
  private static final int CUBLAS_INTERNAL_ERROR = 14;
  private static final int LAUNCH_FAILED = 719;
  private static final String CUBLAS_DESTROY = "cublasDestroy_v2";
  private static final int DEVICE = 1;

  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterEach
  void nothingIsAlive() {
    Emulator.assertNothingAlive();
    Emulator.reset();
  }

  /** Uploads in pieces, widens, multiplies by cuBLAS and by the kernel, downloads, reuses and frees memory, closes. */
  private static void job() {
    short[] panel = {0x3f80, 0x4000, 0x4040, 0x4080, 0x40a0, 0x40c0}; // 1 to 6 in BF16
    try (CudaEngine engine = Emulator.open(16, 64);
        Buffer gram = engine.spectra().zeros(2)) {
      for (int turn = 0; turn < 2; turn++) {
        try (Buffer part = engine.upload(MemorySegment.ofArray(panel), DType.BF16, 3, 2);
            Buffer wide = engine.widening().widen(part, DType.F64)) {
          engine.spectra().accumulateGram(gram, wide, false, 1);
          long address = engine.own(gram).address();
          engine.perform(
              () -> "Gram matrix by the own kernel",
              () -> new KernelBlas(engine.kernels()).accumulateGram(address, 2, engine.own(wide).address(), 3, false));
        }
      }
      engine.upload(MemorySegment.ofArray(new byte[100]), DType.U8, 100, 1).close();
      double[] sum = new double[4];
      engine.download(gram, MemorySegment.ofArray(sum));
      assertArrayEquals(new double[] {4 * 35, 4 * 44, 4 * 56}, new double[] {sum[0], sum[2], sum[3]});
    }
  }

  /** The job, and work of each kind, with few points and small chunks; of work that makes the same calls, one. */
  static Stream<Arguments> jobs() {
    Set<String> alike =
        Set.of("SQUARED_EUCLIDEAN distances", "CORRELATION distances", "CHEBYSHEV distances");
    Stream<Job> others =
        DeviceWork.all().stream()
            .filter(work -> !alike.contains(work.name()))
            .filter(work -> !work.name().startsWith("widening") || work.name().matches(".* of (F16|F32|F64)"))
            .map(work -> new Job(work.name(), () -> run(work)));
    return Stream.concat(Stream.of(new Job("panels", CudaFailuresTest::job)), others)
        .flatMap(job -> Stream.of(Arguments.of(job, 0), Arguments.of(job, 1)));
  }

  private record Job(String name, Runnable steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static void run(DeviceWork work) {
    try (CudaEngine engine = Emulator.open(128, 300)) {
      work.run(engine, 4);
    }
  }

  @ParameterizedTest(name = "{0}, lazy {1}")
  @MethodSource("jobs")
  void eachCallThatFailsOnceEndsInAnErrorAndLeavesNothing(Job job, int lazy) {
    Emulator.set("lazy", lazy);
    job.steps.run();
    Map<String, Long> calls = new TreeMap<>(Emulator.calls());
    calls.remove(CUBLAS_DESTROY); // not called again, so that the emulated handle, which stays, stays for good
    assertTrue(calls.keySet().size() > 20, calls.toString());
    Emulator.assertNothingAlive();
    var failures = new TreeMap<String, String>();
    calls.forEach(
        (function, count) -> {
          for (long n = 1; n <= count; n++) {
            String complaint = complaint(job, function, n, lazy);
            if (!complaint.isEmpty()) {
              failures.put(function + ", call " + n + " of " + count, complaint);
            }
          }
        });
    assertEquals(Map.of(), failures);
  }

  /** What is wrong with how a job ends when the n-th call of a function fails; "" when nothing is. */
  private static String complaint(Job job, String function, long n, int lazy) {
    Emulator.reset();
    Emulator.set("lazy", lazy);
    int status = function.startsWith("cublas") ? CUBLAS_INTERNAL_ERROR : OPERATING_SYSTEM;
    Emulator.fail(function, n, status);
    String call = function.replaceAll("_v2$", "");
    String name = status == OPERATING_SYSTEM ? "CUDA_ERROR_OPERATING_SYSTEM" : "CUBLAS_STATUS_INTERNAL_ERROR";
    try {
      job.steps.run();
      return "no error";
    } catch (EngineFailure failed) {
      String message = failed.getMessage();
      boolean clear =
          message.startsWith("cuda-emulated engine: ")
              && message.contains(" on device 0")
              && message.contains(": " + call)
              && message.contains(" failed with " + name);
      if (!clear) {
        return message;
      }
    } catch (RuntimeException other) {
      return other.toString();
    }
    try {
      Emulator.assertNothingAlive();
      return "";
    } catch (AssertionError left) {
      return left.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cuMemcpyHtoDAsync, 719, CUDA_ERROR_LAUNCH_FAILED, upload of U8 5 x 2",
    "cuEventSynchronize, 214, CUDA_ERROR_ECC_UNCORRECTABLE, upload of U8 5 x 2",
    "cuMemAlloc, 700, CUDA_ERROR_ILLEGAL_ADDRESS, upload of U8 5 x 2"
  })
  void afterALostDeviceEveryCallSaysSoAndClosingStillWorks(String call, int status, String name, String operation) {
    CudaEngine engine = Emulator.open(16, 64);
    Buffer before = upload(engine, 1, 1);
    Emulator.fail(call, 1, status);
    var lost = assertThrows(EngineFailure.class, () -> upload(engine, 5, 2));
    assertEquals(
        "cuda-emulated engine: " + operation + " on device 0 (" + engine.device().name() + "): " + call
            + " failed with " + name + ": the device answers nothing more in this process, start again",
        lost.getMessage());
    var later = assertThrows(EngineFailure.class, () -> engine.download(before, MemorySegment.ofArray(new byte[1])));
    assertEquals(
        "cuda-emulated engine: download of U8 1 x 1 on device 0 (" + engine.device().name()
            + "): the device answers nothing since " + call + " failed with " + name + " in " + operation
            + "; start again",
        later.getMessage());
    before.close();
    engine.close();
  }

  /** On a real device each of these calls may have released what it names although it tells of the fault. */
  @ParameterizedTest
  @ValueSource(longs = {0, 64})
  void afterAFaultNothingIsReleasedTwice(long kept) {
    CudaEngine engine = Emulator.open(16, kept);
    Buffer open = upload(engine, 5, 2);
    upload(engine, 5, 2).close();
    engine.perform(() -> "opening of cuBLAS", engine::blas);
    Emulator.fail("cuMemcpyDtoHAsync", 1, LAUNCH_FAILED);
    assertThrows(EngineFailure.class, () -> engine.download(open, MemorySegment.ofArray(new byte[10])));
    open.close();
    engine.close();
    Map<String, Long> calls = Emulator.calls();
    for (String pair : new String[] {
      "cuMemAlloc_v2 cuMemFree_v2", "cuMemAllocHost_v2 cuMemFreeHost", "cuStreamCreate cuStreamDestroy_v2",
      "cuEventCreate cuEventDestroy_v2", "cuModuleLoadData cuModuleUnload", "cublasCreate_v2 " + CUBLAS_DESTROY,
      "cuDevicePrimaryCtxRetain cuDevicePrimaryCtxRelease_v2"
    }) {
      String[] names = pair.split(" ");
      assertTrue(calls.containsKey(names[0]), names[0] + " in " + calls);
      assertEquals(calls.get(names[0]), calls.get(names[1]), pair);
    }
  }

  @Test
  void aCublasHandleIsDestroyedOnceWhateverTheAnswer() {
    try (CudaEngine engine = Emulator.open()) {
      engine.perform(
          () -> "test",
          () -> {
            var cublas = (Cublas) engine.openedDevice().openBlas();
            Emulator.fail(CUBLAS_DESTROY, 1, CUBLAS_INTERNAL_ERROR);
            assertThrows(DriverFailure.class, cublas::close);
            cublas.close();
            assertEquals(1, Emulator.calls().get(CUBLAS_DESTROY));
            assertEquals(0, cublas.destroy());
          });
    }
  }

  /** The kernel is given an address that is nobody's. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aKernelsFaultNamesTheKernelAtTheCallThatShowsIt(int lazy) {
    Emulator.set("lazy", lazy);
    CudaEngine engine = Emulator.open();
    var panel = (CudaBuffer) upload(engine, 8, 1);
    var failed =
        assertThrows(
            EngineFailure.class,
            () -> {
              engine.perform(
                  () -> "Gram matrix",
                  () -> new KernelBlas(engine.kernels()).accumulateGram(8, 1, panel.address(), 1, false));
              engine.download(panel, MemorySegment.ofArray(new byte[8]));
            });
    assertTrue(failed.getMessage().contains("CUDA_ERROR_ILLEGAL_ADDRESS"), failed.getMessage());
    assertTrue(failed.getMessage().contains("the kernel launched last was gram_accumulate"), failed.getMessage());
    assertTrue(Emulator.fault().contains("gram_accumulate"), Emulator.fault());
    panel.close();
    engine.close();
    Emulator.assertNothingAlive();
    job();
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 100_000_000})
  void aBufferThatDoesNotFitSaysHowMuchIsThere(int bytes) {
    Emulator.set("memory", 256_000);
    try (CudaEngine engine = Emulator.open(4096, 64);
        Buffer open = upload(engine, 1000, 6)) {
      var full = assertThrows(EngineFailure.class, () -> upload(engine, bytes, 1));
      assertEquals(
          "cuda-emulated engine: upload of U8 " + bytes + " x 1 on device 0 (" + engine.device().name()
              + "): cuMemAlloc failed with CUDA_ERROR_OUT_OF_MEMORY: asked for " + bytes
              + " bytes, 250000 are free, open buffers hold 6000; take a device with more memory, or --engine cpu",
          full.getMessage());
      engine.download(open, MemorySegment.ofArray(new byte[6000]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cuModuleLoadData, 200, CUDA_ERROR_INVALID_IMAGE, the driver serves CUDA 13.0",
    "cuModuleLoadData, 209, CUDA_ERROR_NO_BINARY_FOR_GPU, the driver serves CUDA 13.0",
    "cuModuleLoadData, 222, CUDA_ERROR_UNSUPPORTED_PTX_VERSION, the driver serves CUDA 13.0",
    "cuDevicePrimaryCtxRetain, 46, CUDA_ERROR_DEVICE_UNAVAILABLE, another process holds the device",
    "cuDevicePrimaryCtxRetain, 2, CUDA_ERROR_OUT_OF_MEMORY, no more memory",
    "cuInit, 803, CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, restart the machine",
    "cuInit, 100, CUDA_ERROR_NO_DEVICE, scaleinv engines"
  })
  void aDeviceThatDoesNotOpenSaysWhyAndWhatToDo(String call, int status, String name, String advice) {
    Emulator.fail(call, 1, status);
    var failed = assertThrows(EngineFailure.class, Emulator::open);
    assertTrue(failed.getMessage().startsWith("cuda-emulated engine: opening on device 0"), failed.getMessage());
    assertTrue(failed.getMessage().contains(call + " failed with " + name), failed.getMessage());
    assertTrue(failed.getMessage().contains(advice), failed.getMessage());
  }

  @Test
  void aDeviceThatIsNotThereIsToldWithHowManyThereAre() {
    var failed = assertThrows(EngineFailure.class, () -> CudaEngine.open(DEVICE, true));
    assertEquals("cuda-emulated engine: there is no device 1, the driver shows 1 device", failed.getMessage());
    Emulator.set("devices", 2);
    try (CudaEngine second = CudaEngine.open(DEVICE, true)) {
      assertEquals(1, second.device().ordinal());
    }
  }

  @Test
  void aKernelThatTheModuleLacksIsNamed() {
    try (CudaEngine engine = Emulator.open()) {
      var failed =
          assertThrows(
              EngineFailure.class,
              () -> engine.perform(() -> "test", () -> engine.kernels().launch("absent", Driver.Grid.of(1, 1), 0)));
      assertTrue(
          failed.getMessage().contains("cuModuleGetFunction of absent failed with CUDA_ERROR_NOT_FOUND"),
          failed.getMessage());
    }
  }

  private static Buffer upload(CudaEngine engine, int rows, int columns) {
    return engine.upload(MemorySegment.ofArray(new byte[rows * columns]), DType.U8, rows, columns);
  }
}
