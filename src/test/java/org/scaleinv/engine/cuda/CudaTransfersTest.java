package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** What crosses to the device and back stays as it was, whatever its size, with work run at once or as late as it may. */
final class CudaTransfersTest {
  private static final long SEED = 20251122;
  private static final int CHUNK = 4096;

  @TempDir
  Path folder;

  @BeforeEach
  void reset() {
    Emulator.reset();
  }

  @AfterEach
  void nothingIsAlive() {
    Emulator.assertNothingAlive();
    assertEquals("", Emulator.fault());
    Emulator.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void bytesOfEverySizeAroundTheChunksComeBack(int lazy) {
    Emulator.set("lazy", lazy);
    try (CudaEngine engine = Emulator.open(CHUNK, 0)) {
      for (int size : new int[] {0, 1, 2, 3, 255, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1,
        7 * CHUNK + 5}) {
        byte[] sent = bytes(size);
        try (Buffer buffer = engine.upload(MemorySegment.ofArray(sent), DType.U8, size, 1)) {
          assertArrayEquals(sent, download(engine, buffer), size + " bytes, lazy " + lazy);
        }
      }
    }
  }

  /** The chunks that a device has unless told otherwise: exactly filled, and a byte less and more. */
  @Test
  void bytesAroundTheChunksOfEveryDeviceComeBack() {
    int chunk = Math.toIntExact(PinnedChunks.BYTES);
    try (CudaEngine engine = Emulator.open()) {
      for (int size : new int[] {chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1}) {
        byte[] sent = bytes(size);
        try (Buffer buffer = engine.upload(MemorySegment.ofArray(sent), DType.U8, size, 1)) {
          assertArrayEquals(sent, download(engine, buffer), size + " bytes");
        }
      }
    }
  }

  /** Windows of a tensor: rows with gaps, rows longer than a chunk, rows that do not divide one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 500})
  void panelsOfAFileArriveAsTheyAreReadDirectly(int columns) throws IOException {
    int rows = 37;
    int stride = columns + 3;
    Path file = Files.write(folder.resolve("tensor"), bytes(rows * stride * 4));
    try (FileChannel channel = FileChannel.open(file);
        CudaEngine engine = Emulator.open(256, 0)) {
      Matrix matrix = Matrix.of(new FileTensor(channel, Shape.of(rows, stride))).columns(2, columns);
      for (Panel panel : new Panel[] {matrix.whole(), new Panel(5, 17, 0, columns), new Panel(36, 1, 0, 1)}) {
        byte[] read = new byte[Math.toIntExact(panel.rows() * panel.columns() * 4)];
        matrix.read(panel, MemorySegment.ofArray(read));
        try (Buffer buffer = engine.upload(matrix, panel)) {
          assertArrayEquals(read, download(engine, buffer), panel.toString());
        }
      }
    }
  }

  @Test
  void aFileThatFailsInTheMiddleFailsAsItselfAndTheEngineGoesOn() {
    byte[] sent = bytes(10 * CHUNK);
    var broken = new BadInput("truncated", "tensor 'w': the file ends early");
    Tensor failing =
        new FailingTensor(Tensor.of("w", DType.U8, Shape.of(10, CHUNK), MemorySegment.ofArray(sent)), broken);
    try (CudaEngine engine = Emulator.open(CHUNK, 1 << 20)) {
      Matrix matrix = Matrix.of(failing);
      assertSame(broken, assertThrows(BadInput.class, () -> engine.upload(matrix, matrix.whole())));
      try (Buffer buffer = engine.upload(MemorySegment.ofArray(sent), DType.U8, 1, sent.length)) {
        assertArrayEquals(sent, download(engine, buffer));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void threadsThatShareAnEngineDoNotMixTheirBytes(int lazy) throws Exception {
    Emulator.set("lazy", lazy);
    try (CudaEngine engine = Emulator.open(CHUNK, 1 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        byte[] sent = bytes(1 + 773 * i);
        tasks.add(
            () -> {
              try (Buffer buffer = engine.upload(MemorySegment.ofArray(sent), DType.U8, sent.length, 1)) {
                assertArrayEquals(sent, download(engine, buffer));
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }

  /** The block of the closed panel is the next panel's, while the product that reads it is still queued. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void aPanelClosedWhileItsWorkIsQueuedIsNotOverwritten(long order) {
    Emulator.set("lazy", 1);
    Emulator.set("order", order);
    double[] first = {1, 2, 3, 4};
    double[] second = {50, 60, 70, 80};
    try (CudaEngine engine = Emulator.open(16, 1 << 20);
        CudaBuffer gram = engine.perform(() -> "zeros", () -> engine.allocateZeros(DType.F64, 1, 1))) {
      for (double[] panel : List.of(first, second)) {
        try (var buffer = (CudaBuffer) engine.upload(MemorySegment.ofArray(panel), DType.F64, 4, 1)) {
          engine.perform(
              () -> "product", () -> engine.blas().accumulateGram(gram.address(), 1, buffer.address(), 4, false));
        }
      }
      MemorySegment sum = MemorySegment.ofArray(new double[1]);
      engine.download(gram, sum);
      double expected = 1 + 4 + 9 + 16 + 2500 + 3600 + 4900 + 6400;
      assertEquals(expected, sum.get(ValueLayout.JAVA_DOUBLE, 0));
    }
    // gram, and one block for both panels
    assertEquals(2, Emulator.count("calls cuMemAlloc"));
  }

  @Test
  void aFreedBlockServesTheNextBufferOfAboutItsSizeAndNoOther() {
    try (CudaEngine engine = Emulator.open(CHUNK, 1 << 20)) {
      engine.upload(MemorySegment.ofArray(bytes(1000)), DType.U8, 1000, 1).close();
      engine.upload(MemorySegment.ofArray(bytes(900)), DType.U8, 900, 1).close();
      assertEquals(1, Emulator.count("calls cuMemAlloc"));
      engine.upload(MemorySegment.ofArray(bytes(499)), DType.U8, 499, 1).close();
      assertEquals(2, Emulator.count("calls cuMemAlloc"));
      engine.upload(MemorySegment.ofArray(bytes(1001)), DType.U8, 1001, 1).close();
      assertEquals(3, Emulator.count("calls cuMemAlloc"));
    }
  }

  @Test
  void noMoreThanTheLimitIsKept() {
    try (CudaEngine engine = Emulator.open(CHUNK, 1500)) {
      Buffer first = engine.upload(MemorySegment.ofArray(bytes(1000)), DType.U8, 1000, 1);
      Buffer second = engine.upload(MemorySegment.ofArray(bytes(1000)), DType.U8, 1000, 1);
      first.close();
      second.close();
      assertEquals(1000, Emulator.count("bytes"));
    }
  }

  @Test
  void whatIsKeptGoesBackBeforeADeviceIsFull() {
    Emulator.set("memory", 1 << 20);
    try (CudaEngine engine = Emulator.open(CHUNK, 1 << 20)) {
      engine.upload(MemorySegment.ofArray(bytes(300_000)), DType.U8, 300_000, 1).close();
      engine.upload(MemorySegment.ofArray(bytes(700_000)), DType.U8, 700_000, 1).close();
      byte[] sent = bytes(1_000_000);
      try (Buffer buffer = engine.upload(MemorySegment.ofArray(sent), DType.U8, 1, sent.length)) {
        assertArrayEquals(sent, download(engine, buffer));
      }
    }
  }

  @Test
  void aClosedBufferOrEngineSaysThatItIsClosed() {
    CudaEngine engine = Emulator.open(CHUNK, 0);
    Buffer closed = engine.upload(MemorySegment.ofArray(bytes(6)), DType.U8, 2, 3);
    Buffer open = engine.upload(MemorySegment.ofArray(bytes(6)), DType.U8, 2, 3);
    closed.close();
    closed.close();
    var used = assertThrows(IllegalStateException.class, () -> download(engine, closed));
    assertEquals("a buffer U8 2 x 3 was used after it was closed", used.getMessage());
    engine.close();
    engine.close();
    assertThrows(IllegalStateException.class, () -> download(engine, open));
    open.close();
  }

  @Test
  void aBufferOfAnotherEngineAndAWrongSizeAreRefused() {
    try (CudaEngine engine = Emulator.open(CHUNK, 0);
        CudaEngine other = Emulator.open(CHUNK, 0);
        Buffer buffer = engine.upload(MemorySegment.ofArray(bytes(6)), DType.U8, 2, 3)) {
      assertThrows(IllegalArgumentException.class, () -> download(other, buffer));
      var wrong =
          assertThrows(
              IllegalArgumentException.class, () -> engine.download(buffer, MemorySegment.ofArray(new byte[7])));
      assertTrue(wrong.getMessage().contains("U8 2 x 3") && wrong.getMessage().contains("7"), wrong.getMessage());
      byte[] six = bytes(6);
      assertThrows(
          IllegalArgumentException.class, () -> engine.upload(MemorySegment.ofArray(six), DType.F32, 2, 3));
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(SEED + count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] download(CudaEngine engine, Buffer buffer) {
    long size = buffer.rows() * buffer.columns() * buffer.dtype().bytes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(size);
      engine.download(buffer, host);
      return host.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private record FileTensor(FileChannel file, Shape shape) implements Tensor {
    @Override
    public String name() {
      return "w";
    }

    @Override
    public DType dtype() {
      return DType.F32;
    }

    @Override
    public String origin() {
      return "file";
    }

    @Override
    public void read(long byteOffset, MemorySegment destination) {
      ByteBuffer into = destination.asByteBuffer();
      try {
        while (into.hasRemaining()) {
          int read = file.read(into, byteOffset + into.position());
          assertTrue(read > 0, "the file ends early");
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** Reads of its second half fail. */
  private record FailingTensor(Tensor whole, BadInput failure) implements Tensor {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public DType dtype() {
      return whole.dtype();
    }

    @Override
    public Shape shape() {
      return whole.shape();
    }

    @Override
    public String origin() {
      return whole.origin();
    }

    @Override
    public void read(long byteOffset, MemorySegment destination) {
      if (byteOffset >= byteSize() / 2) {
        throw failure;
      }
      whole.read(byteOffset, destination);
    }
  }
}
