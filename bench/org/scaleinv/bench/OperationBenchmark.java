package org.scaleinv.bench;

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
import org.scaleinv.engine.Engine;
import org.scaleinv.run.Engines;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.run.bench.Trial;

/**
 * One operation of an engine, in milliseconds; what it uses up is put back outside the time, and the last answer is
 * checked, so that a benchmark of wrong numbers is an error.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class OperationBenchmark {
  @Param("cpu")
  private String engine;

  @Param("1")
  private int threads;

  private Engine opened;
  private Trial trial;

  /** The operation at the sizes of this benchmark's parameters. */
  protected abstract Operation operation();

  @Setup(Level.Trial)
  public void open() {
    opened = Engines.open(engine, null, note -> {
    });
    trial = operation().on(opened, threads);
  }

  @Setup(Level.Invocation)
  public void prepare() {
    trial.prepare();
  }

  @Benchmark
  public void run() {
    trial.run();
  }

  @TearDown(Level.Trial)
  public void checkAndClose() {
    try {
      trial.check();
    } finally {
      trial.close();
      opened.close();
    }
  }
}
