package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.run.bench.SpectraOperations;

/** Singular values of a batch of matrices. */
public class SingularValuesBenchmark extends OperationBenchmark {
  @Param({"1", "64"})
  private int batch;

  @Param({"64", "256"})
  private int rows;

  @Param({"32", "64"})
  private int columns;

  @Override
  protected Operation operation() {
    return SpectraOperations.singularValues(batch, rows, columns);
  }
}
