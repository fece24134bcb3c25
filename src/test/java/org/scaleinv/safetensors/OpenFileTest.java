package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.safetensors.SafetensorsBytes.data;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Cancelled;
import org.scaleinv.tensor.Tensor;

/** A file while it is open: closed, cut short, replaced, read by many threads, one of them interrupted. */
class OpenFileTest {
  private static final int BYTES = 100_000;

  @TempDir
  Path folder;
  private Path path;

  @BeforeEach
  void writeFile() throws IOException {
    path = Files.write(
        folder.resolve("good.safetensors"), file("{" + entry("weight\\u001b[31m", "U8", 0, BYTES, BYTES) + "}", BYTES));
  }

  private static byte[] read(Tensor tensor) {
    byte[] bytes = new byte[BYTES];
    tensor.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private static Tensor only(SafetensorsFile file) {
    return file.tensors().firstEntry().getValue();
  }

  @Test
  void readingAfterCloseSaysSo() {
    SafetensorsFile file = SafetensorsFile.open(path);
    Tensor tensor = only(file);
    file.close();
    file.close();
    IllegalStateException error = assertThrows(IllegalStateException.class, () -> read(tensor));
    assertEquals(path + " is closed", error.getMessage());
    assertThrows(IllegalStateException.class, file::digest);
  }

  @Test
  void aFileCutShortWhileOpenIsNamedWithItsTensor() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      try (RandomAccessFile cut = new RandomAccessFile(path.toFile(), "rw")) {
        cut.setLength(file.length() - 1);
      }
      BadInput error = assertThrows(BadInput.class, () -> read(only(file)));
      assertEquals("truncated", error.rule());
      assertTrue(error.getMessage().startsWith(path + ": tensor \"weight\\u001b[31m\""), error.getMessage());
      assertTrue(error.getMessage().contains("expected 100000 bytes"), error.getMessage());
      assertTrue(error.getMessage().contains("found 99999"), error.getMessage());
      assertEquals("truncated", assertThrows(BadInput.class, file::digest).rule());
    }
  }

  @Test
  void anInterruptedReaderIsCancelledAndTheFileStaysReadable() {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      Thread.currentThread().interrupt();
      try {
        assertThrows(Cancelled.class, () -> read(only(file)));
      } finally {
        assertTrue(Thread.interrupted());
      }
      assertArrayEquals(data(BYTES), read(only(file)));
    }
  }

  @Test
  void aFileReplacedByAnotherIsNotTakenForTheOneThatWasOpened() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      Path other = Files.copy(path, folder.resolve("other"));
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      assertArrayEquals(data(BYTES), read(only(file)));
      Thread.currentThread().interrupt();
      assertThrows(Cancelled.class, () -> read(only(file)));
      assertTrue(Thread.interrupted());
      assertEquals("file-changed", assertThrows(BadInput.class, () -> read(only(file))).rule());
    }
  }

  @Test
  void manyThreadsReadWhileOthersAreInterrupted() throws Exception {
    byte[] expected = data(BYTES);
    CountDownLatch start = new CountDownLatch(1);
    try (SafetensorsFile file = SafetensorsFile.open(path);
        ExecutorService pool = Executors.newFixedThreadPool(6)) {
      Callable<Integer> reader = () -> {
        start.await();
        for (int i = 0; i < 100; i++) {
          assertArrayEquals(expected, read(only(file)));
        }
        return 100;
      };
      Callable<Integer> interrupted = () -> {
        start.await();
        for (int i = 0; i < 100; i++) {
          Thread.currentThread().interrupt();
          assertThrows(Cancelled.class, () -> read(only(file)));
          assertTrue(Thread.interrupted());
        }
        return 100;
      };
      List<Future<Integer>> readers =
          IntStream.range(0, 6).mapToObj(i -> pool.submit(i < 4 ? reader : interrupted)).toList();
      start.countDown();
      for (Future<Integer> done : readers) {
        assertEquals(100, done.get());
      }
    }
  }
}
