package org.scaleinv.invariant.topology;

import java.util.List;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Work;

/** Says of a model that nothing in it is known to be a cloud. */
record NoClouds(String subject) implements Work {
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
    String reason = "no point clouds: neither token embedding nor hidden units nor heads are known of this architecture";
    return new Findings(List.of(), new TreeMap<>(), List.of(new Unmeasured(subject, reason)));
  }
}
