package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.MemoryOperations;
import org.scaleinv.run.bench.Operation;

/** Upload or download of F32 elements. */
public class TransferBenchmark extends OperationBenchmark {
  @Param({"upload", "download"})
  private String direction;

  @Param({"65536", "16777216"})
  private long count;

  @Override
  protected Operation operation() {
    return direction.equals("upload") ? MemoryOperations.upload(count) : MemoryOperations.download(count);
  }
}
