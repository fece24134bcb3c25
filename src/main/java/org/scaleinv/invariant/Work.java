package org.scaleinv.invariant;

import org.scaleinv.engine.Engine;

/** One part of a model to be measured, independent of all others: the unit of parallelism and of progress. */
public interface Work {
  String subject();

  /** Expected floating-point operations, for the order of work and the time left. */
  double flops();

  /** Expected memory while it runs, in bytes. */
  long bytes();

  /**
   * Measures the part.
   *
   * @param threads how many threads may share this part's work; does not change the result
   */
  Findings measure(Engine engine, int threads);
}
