package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.run.bench.CorrelationOperations;
import org.scaleinv.run.bench.Operation;

/** Correlations of variables: the matrix, or the best partners without it. */
public class CorrelationBenchmark extends OperationBenchmark {
  /** What is asked of the variables. */
  public enum Answer {
    MATRIX,
    BEST_PARTNERS
  }

  @Param
  private Answer answer;

  @Param({"500", "2000"})
  private int variables;

  @Param({"64", "1024"})
  private int samples;

  @Override
  protected Operation operation() {
    return switch (answer) {
      case MATRIX -> CorrelationOperations.matrix(variables, samples);
      case BEST_PARTNERS -> CorrelationOperations.bestPartners(variables, samples);
    };
  }
}
