package org.scaleinv.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.Buffer;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

class CpuBufferTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "0, 4"})
  void whatWasUploadedIsDownloaded(int rows, int columns) {
    double[] sent = new double[rows * columns];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = i - 0.5;
    }
    double[] received = new double[sent.length];
    try (var engine = new CpuEngine();
        Buffer buffer = engine.upload(MemorySegment.ofArray(sent), DType.F64, rows, columns)) {
      engine.download(buffer, MemorySegment.ofArray(received));
    }
    assertArrayEquals(sent, received);
  }

  @Test
  void useAfterCloseIsAnErrorAndClosingTwiceIsNot() {
    try (var engine = new CpuEngine()) {
      Buffer buffer = engine.spectra().zeros(2);
      buffer.close();
      buffer.close();
      assertThrows(IllegalStateException.class, () -> engine.spectra().finite(buffer));
      assertThrows(IllegalStateException.class, () -> engine.download(buffer, MemorySegment.ofArray(new double[4])));
    }
  }

  @Test
  @SuppressWarnings("try") // closing early is what is tested
  void buffersOfAnotherEngineAndOfAClosedOneAreRefused() {
    try (var engine = new CpuEngine();
        var other = new CpuEngine();
        Buffer foreign = other.spectra().zeros(2)) {
      assertThrows(IllegalArgumentException.class, () -> engine.spectra().finite(foreign));
      other.close();
      assertThrows(IllegalStateException.class, () -> other.spectra().zeros(1));
    }
  }

  @Test
  void sizesThatDoNotMatchAreRefused() {
    try (var engine = new CpuEngine();
        Buffer buffer = engine.spectra().zeros(2)) {
      var tooShort = MemorySegment.ofArray(new double[3]);
      assertThrows(IllegalArgumentException.class, () -> engine.download(buffer, tooShort));
      assertThrows(IllegalArgumentException.class, () -> engine.upload(tooShort, DType.F64, 2, 2));
    }
  }

  @Test
  void memoryThatCannotBeHadIsAFailureWithTheSize() {
    try (var engine = new CpuEngine()) {
      EngineFailure failure = assertThrows(EngineFailure.class, () -> engine.spectra().zeros(1L << 29));
      assertTrue(failure.getMessage().contains("2305843009213693952 bytes"), failure.getMessage());
      assertThrows(ArithmeticException.class, () -> engine.spectra().zeros(1L << 31));
    }
  }

  @Test
  void argumentsThatMakeNoSenseAreAStatusAndAMessage() {
    try (var engine = new CpuEngine()) {
      int status = Scaleinv.scaleinv_widen(99, MemorySegment.NULL, 1, 0, MemorySegment.NULL);
      assertEquals(Scaleinv.SCALEINV_INVALID_ARGUMENT(), status);
      EngineFailure failure =
          assertThrows(EngineFailure.class, () -> Native.check(status, () -> "widen " + engine.name()));
      assertEquals("cpu engine: widen cpu: source or destination is null", failure.getMessage());
    }
  }
}
