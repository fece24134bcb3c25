package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.MemoryOperations;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.tensor.DType;

/** Widening to F32 or F64; its floor is {@link CopyBenchmark} of as many bytes. */
public class WideningBenchmark extends OperationBenchmark {
  @Param({"BF16", "F16", "F8_E4M3", "F8_E5M2", "F32"})
  private DType source;

  @Param({"F32", "F64"})
  private DType target;

  @Param({"65536", "16777216"})
  private long count;

  @Override
  protected Operation operation() {
    return MemoryOperations.widen(source, target, count);
  }
}
