package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.run.bench.SpectraOperations;

/** Eigenvalues of one symmetric matrix. */
public class EigenvaluesBenchmark extends OperationBenchmark {
  @Param({"64", "384", "768", "1536"})
  private int order;

  @Override
  protected Operation operation() {
    return SpectraOperations.eigenvalues(order);
  }
}
