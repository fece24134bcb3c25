package org.scaleinv.run.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.KernelTime;
import org.scaleinv.report.BenchReport.Limit;
import org.scaleinv.report.BenchReport.OnDevice;

/** Times the kernels of an operation that is ready and warm. */
final class KernelTimes {
  private final Engine engine;
  private final Trial trial;
  private final int runs;
  private final Map<String, List<KernelTime>> byKernel = new LinkedHashMap<>();

  KernelTimes(Engine engine, Trial trial, int runs) {
    this.engine = engine;
    this.trial = trial;
    this.runs = runs;
  }

  /** @param limit of the operation where the kernels do all of it; may be null */
  OnDevice take(Limit limit) {
    SortedMap<String, Long> before = engine.handedToCpu();
    double[] sums = new double[runs];
    for (int run = 0; run < runs; run++) {
      trial.prepare();
      for (KernelTime time : engine.probe().timed(trial::run)) {
        byKernel.computeIfAbsent(time.kernel(), name -> new ArrayList<>()).add(time);
        sums[run] += time.seconds();
      }
    }
    Set<String> handed = new TreeSet<>();
    engine.handedToCpu().forEach((name, count) -> {
      if (!count.equals(before.get(name))) {
        handed.add(name);
      }
    });
    List<KernelTime> medians = byKernel.values().stream().map(KernelTimes::median).toList();
    return new OnDevice(runs, Bench.timing(sums).median(), medians, handed, handed.isEmpty() ? limit : null);
  }

  private static KernelTime median(List<KernelTime> times) {
    double[] seconds = times.stream().mapToDouble(KernelTime::seconds).toArray();
    return new KernelTime(
        times.getLast().kernel(), times.getLast().launches(), Bench.timing(seconds).median());
  }
}
