package org.scaleinv.run;

import java.util.List;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.Escape;
import org.scaleinv.report.TextTable;

/** What a run would take, without doing it. */
public final class DryRun {
  private DryRun() {}

  /**
   * A table of all models with their total. Time is that of decompositions, point clouds and digests at the speed of a
   * short trial on this machine: fits, null draws of matrices and a slow disk come on top.
   */
  public static String describe(List<ModelPlan> plans, Engine engine, int threads) {
    double speed = Speed.flopsPerSecond(engine) * threads;
    TextTable table = new TextTable()
        .left("model").right("parts").right("read").right("operations").right("memory").right("time");
    for (ModelPlan plan : plans) {
      table.row(
          Escape.visible(plan.name()),
          Integer.toString(plan.parts()),
          Sizes.bytes(plan.bytesRead()),
          Sizes.flops(plan.flops()),
          Sizes.bytes(plan.peakBytes(threads)),
          Sizes.duration(plan.cost() / speed));
    }
    if (plans.size() > 1) {
      table.row(
          "all",
          Integer.toString(plans.stream().mapToInt(ModelPlan::parts).sum()),
          Sizes.bytes(plans.stream().mapToLong(ModelPlan::bytesRead).sum()),
          Sizes.flops(plans.stream().mapToDouble(ModelPlan::flops).sum()),
          Sizes.bytes(plans.stream().mapToLong(plan -> plan.peakBytes(threads)).max().orElse(0)),
          Sizes.duration(plans.stream().mapToDouble(ModelPlan::cost).sum() / speed));
    }
    return table + "\nExpected on " + threads + (threads == 1 ? " thread" : " threads") + " at "
        + Sizes.flops(speed) + "/s. Time is that of decompositions, point clouds and\n"
        + "digests; fits, null draws of matrices and a slow disk come on top. Memory is that of the parts in work. Nothing was measured.\n";
  }
}
