package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.CeilingOperations;
import org.scaleinv.run.bench.Operation;

/** A copy inside the engine's memory: the ceiling of all that moves. */
public class CopyBenchmark extends OperationBenchmark {
  @Param({"262144", "67108864", "268435456"})
  private long bytes;

  @Override
  protected Operation operation() {
    return CeilingOperations.copy(bytes);
  }
}
