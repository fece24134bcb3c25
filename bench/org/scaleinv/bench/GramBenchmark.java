package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.run.bench.SpectraOperations;

/** Accumulation of a panel into a Gram matrix. */
public class GramBenchmark extends OperationBenchmark {
  @Param({"256", "768", "2048"})
  private int order;

  @Param({"384", "3072"})
  private int length;

  @Override
  protected Operation operation() {
    return SpectraOperations.gram(order, length);
  }
}
