package org.scaleinv.bench;

import org.openjdk.jmh.annotations.Param;
import org.scaleinv.engine.Metric;
import org.scaleinv.run.bench.DistanceOperations;
import org.scaleinv.run.bench.Operation;

/** All distances of a cloud of points. */
public class DistancesBenchmark extends OperationBenchmark {
  @Param({"EUCLIDEAN", "SQUARED_EUCLIDEAN", "COSINE", "MANHATTAN", "CHEBYSHEV", "CORRELATION"})
  private Metric metric;

  @Param({"500", "2000"})
  private int points;

  @Param({"64", "768"})
  private int coordinates;

  @Override
  protected Operation operation() {
    return DistanceOperations.all(metric, points, coordinates);
  }
}
