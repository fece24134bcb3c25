package org.scaleinv.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
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
import org.scaleinv.engine.SingularSpectrum;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** Singular values of one F32 matrix in memory, on one thread of the cpu engine, by both solvers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpectrumBenchmark {
  @Param({"384x384", "768x768", "3072x768", "768x3072"})
  private String shape;

  @Param({"GRAM", "QR"})
  private Solver solver;

  private CpuEngine engine;
  private Arena arena;
  private Matrix matrix;

  @Setup
  public void fill() {
    engine = new CpuEngine();
    arena = Arena.ofShared();
    String[] sides = shape.split("x");
    Shape extents = Shape.of(Long.parseLong(sides[0]), Long.parseLong(sides[1]));
    MemorySegment entries = arena.allocate(ValueLayout.JAVA_FLOAT, extents.size());
    SplittableRandom random = new SplittableRandom(1);
    for (long i = 0; i < extents.size(); i++) {
      entries.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    matrix = Matrix.of(Tensor.of(shape, DType.F32, extents, entries));
  }

  @Benchmark
  public SingularSpectrum singularValues() {
    return new StreamedSpectra(engine).matrix(matrix, solver, 1);
  }

  /** A benchmark of wrong numbers measures nothing: the squares sum to that of the entries, within their scatter. */
  @TearDown(Level.Trial)
  public void check() {
    double sum = 0;
    for (double value : singularValues().values()) {
      sum += value * value;
    }
    double entries = (double) matrix.rows() * matrix.columns();
    if (Math.abs(sum / entries - 1) > 6 * Math.sqrt(2 / entries)) {
      throw new AssertionError("mean square of the entries is " + sum / entries + ", expected 1");
    }
    arena.close();
    engine.close();
  }
}
