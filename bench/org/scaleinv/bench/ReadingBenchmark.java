package org.scaleinv.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.safetensors.SafetensorsFile;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/**
 * A BF16 matrix of 64 MB, panel by panel: read from a safetensors file that lies in the page cache, widened to doubles
 * besides, and, as the floor of reading, copied from memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadingBenchmark {
  private static final int COLUMNS = 1024;
  private static final int ROWS = 1 << 15;

  /** Rows of a panel: 2 MB and 64 MB. */
  @Param({"1024", "32768"})
  private int panelRows;

  private CpuEngine engine;
  private Arena arena;
  private Path path;
  private SafetensorsFile file;
  private Matrix stored;
  private Matrix inMemory;

  @Setup
  public void write() throws IOException {
    engine = new CpuEngine();
    arena = Arena.ofShared();
    Shape shape = Shape.of(ROWS, COLUMNS);
    MemorySegment elements = arena.allocate(ValueLayout.JAVA_SHORT, shape.size());
    for (long i = 0; i < shape.size(); i++) {
      elements.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (i % 997));
    }
    Tensor tensor = Tensor.of("weight", DType.BF16, shape, elements);
    path = Files.createTempFile("reading", ".safetensors");
    SafetensorsWriter.write(path, List.of(tensor), Map.of());
    file = SafetensorsFile.open(path);
    inMemory = Matrix.of(tensor);
    stored = Matrix.of(file.tensors().get("weight"));
    check();
  }

  /** The file holds what was written, and the last element widens to its value. */
  private void check() {
    MemorySegment read = arena.allocate(stored.tensor().byteSize());
    MemorySegment written = arena.allocate(inMemory.tensor().byteSize());
    stored.tensor().read(0, read);
    inMemory.tensor().read(0, written);
    if (read.mismatch(written) >= 0) {
      throw new AssertionError("the file differs at byte " + read.mismatch(written));
    }
    Panel last = new Panel(ROWS - 1, 1, COLUMNS - 1, 1);
    double[] found = new double[1];
    try (Buffer packed = engine.upload(stored, last);
        Buffer widened = engine.widening().widen(packed, DType.F64)) {
      engine.download(widened, MemorySegment.ofArray(found));
    }
    int pattern = (int) (((long) ROWS * COLUMNS - 1) % 997);
    if (found[0] != Float.intBitsToFloat(pattern << 16)) {
      throw new AssertionError("the last element is " + found[0]);
    }
  }

  @Benchmark
  public void copy() {
    forEachPanel(inMemory, false);
  }

  @Benchmark
  public void read() {
    forEachPanel(stored, false);
  }

  @Benchmark
  public void readAndWiden() {
    forEachPanel(stored, true);
  }

  private void forEachPanel(Matrix matrix, boolean widen) {
    for (int row = 0; row < ROWS; row += panelRows) {
      try (Buffer packed = engine.upload(matrix, new Panel(row, panelRows, 0, COLUMNS))) {
        if (widen) {
          engine.widening().widen(packed, DType.F64).close();
        }
      }
    }
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    file.close();
    Files.delete(path);
    arena.close();
    engine.close();
  }
}
