package org.scaleinv.invariant.topology;

import java.util.List;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Work;

/** Says why a model or a part of it gives no cloud. */
record NoCloud(String subject, String reason) implements Work {

  static NoCloud inModel(String name) {
    return new NoCloud(
        name,
        "no point clouds: neither token embedding nor hidden units nor heads are known of this architecture");
  }

  /** Experts, and the fused projections of experts. */
  static NoCloud inStack(String tensor) {
    return new NoCloud(
        tensor,
        "no cloud of hidden units: a stack of matrices, whose axis of units differs between models and is not known");
  }

  @Override
  public double flops() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Findings measure(Engine engine, int threads) {
    return new Findings(List.of(), new TreeMap<>(), List.of(new Unmeasured(subject, reason)));
  }
}
