package org.scaleinv.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.cpu.CpuEngine;

/** What it costs to cross into native code and back, in nanoseconds: the C library's labs, and a binding of ours. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DowncallBenchmark {
  private static final MethodHandle PLAIN = labs();
  private static final MethodHandle CRITICAL = labs(Linker.Option.critical(false));

  private long number = -17;

  @SuppressWarnings("restricted")
  private static MethodHandle labs(Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().findOrThrow("labs");
    return linker.downcallHandle(
        function, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG), options);
  }

  @Setup
  public void check() throws Throwable {
    new CpuEngine().close();
    if (plain() != 17 || critical() != 17 || java() != 17 || binding() != Scaleinv.SCALEINV_ABI_VERSION()) {
      throw new AssertionError("a downcall gives a wrong number");
    }
  }

  @Benchmark
  public long java() {
    return Math.abs(number);
  }

  @Benchmark
  public long plain() throws Throwable {
    return (long) PLAIN.invokeExact(number);
  }

  @Benchmark
  public long critical() throws Throwable {
    return (long) CRITICAL.invokeExact(number);
  }

  @Benchmark
  public int binding() {
    return Scaleinv.scaleinv_abi_version();
  }
}
