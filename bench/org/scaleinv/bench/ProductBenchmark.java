package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.CeilingOperations;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.tensor.DType;

/** A product of two square matrices: the ceiling of all that computes. */
public class ProductBenchmark extends OperationBenchmark {
  @Param({"F32", "F64"})
  private DType type;

  @Param({"256", "768", "1536"})
  private int order;

  @Override
  protected Operation operation() {
    return CeilingOperations.product(type, order);
  }
}
