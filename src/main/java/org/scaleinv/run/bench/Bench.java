package org.scaleinv.run.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.report.BenchReport;
import org.scaleinv.report.BenchReport.Limit;
import org.scaleinv.report.BenchReport.OnDevice;
import org.scaleinv.report.BenchReport.Row;
import org.scaleinv.report.BenchReport.Settings;
import org.scaleinv.report.BenchReport.Timing;
import org.scaleinv.run.Machine;
import org.scaleinv.run.Progress;
import org.scaleinv.run.Version;

/** Times the operations of an engine, first its ceilings, and checks every answer. */
public final class Bench {
  /** The engine whose times say nothing. */
  private static final String EMULATED = "cuda-emulated";

  private static final int WARM_UPS = 2;

  private final Engine engine;
  private final int threads;
  private final Settings settings;
  private final boolean kernels;
  private final Progress progress;

  /**
   * @param runs that are timed of each operation, at least
   * @param seconds that are timed of each operation, at least
   * @param kernels whether each kernel is timed, too, by the device's clock and in runs of its own
   */
  public Bench(Engine engine, int threads, int runs, double seconds, boolean kernels, Progress progress) {
    this.kernels = kernels;
    this.engine = engine;
    this.threads = threads;
    this.settings = new Settings(WARM_UPS, runs, seconds);
    this.progress = progress;
  }

  /** The suite of the sizes that an engine of that name can do. */
  public static Suite suite(String engine) {
    return switch (engine) {
      case EMULATED -> Suite.small();
      case "cuda" -> Suite.large();
      default -> Suite.full();
    };
  }

  /** @throws org.scaleinv.error.EngineFailure when an operation fails, or its answer is wrong */
  public BenchReport run(Suite suite) {
    Instant started = Instant.now();
    var ceilings = new Ceilings(suite.operations(), threads);
    progress.expect(ceilings.needs().size() + suite.operations().size());
    SortedMap<String, String> notMeasured = new TreeMap<>();
    for (Ceilings.Need need : ceilings.needs()) {
      Operation operation =
          need.product() == null
              ? CeilingOperations.copy(suite.copyBytes())
              : CeilingOperations.product(need.product(), suite.productOrder());
      Optional<String> reason = need.product() == null ? Optional.empty() : engine.probe().noProduct();
      if (reason.isEmpty()) {
        ceilings.add(need, time(operation, need.threads(), null, null));
        continue;
      }
      progress.skip(1);
      if (notMeasured.put(operation.name(), reason.get()) == null) {
        progress.note("the ceiling " + operation.name() + " is not measured: " + reason.get());
      }
    }
    boolean oneMemory = engine.probe().sharesHostMemory();
    List<Row> rows = new ArrayList<>();
    for (Operation operation : suite.operations()) {
      Limit limit = ceilings.limit(operation, threads, oneMemory);
      Limit onDevice = kernels && limit != null ? ceilings.limitOnDevice(operation, threads) : null;
      rows.add(time(operation, operation.threads(threads), limit, onDevice));
    }
    return new BenchReport(
        engine.name(), !engine.name().equals(EMULATED), settings, provenance(started), ceilings.rows(),
        notMeasured, rows);
  }

  private Row time(Operation operation, int allowed, Limit limit, Limit limitOnDevice) {
    progress.stage(operation.name());
    Cost cost = operation.cost();
    Timing timing;
    OnDevice onDevice = null;
    try (Trial trial = operation.on(engine, allowed)) {
      timing = time(trial);
      if (kernels) {
        onDevice = new KernelTimes(engine, trial, settings.runs()).take(limitOnDevice);
      }
      trial.check();
    }
    progress.advance(1);
    String arithmetic = cost.flops() == 0 ? null : cost.arithmetic().name();
    return new Row(
        operation.name(), operation.sizes(), allowed, arithmetic, cost.bytes(), cost.flops(), cost.counted(), timing,
        limit, onDevice);
  }

  private Timing time(Trial trial) {
    for (int i = 0; i < settings.warmUps(); i++) {
      seconds(trial);
    }
    List<Double> all = new ArrayList<>();
    double sum = 0;
    while (all.size() < settings.runs() || sum < settings.seconds()) {
      double seconds = seconds(trial);
      all.add(seconds);
      sum += seconds;
    }
    return timing(all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double seconds(Trial trial) {
    trial.prepare();
    long began = System.nanoTime();
    trial.run();
    // a clock that stands still would make a rate of infinity
    return Math.max(System.nanoTime() - began, 1) / 1e9;
  }

  static Timing timing(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Timing(count, median, sorted[0], sorted[count - 1]);
  }

  private SortedMap<String, Object> provenance(Instant started) {
    Instant finished = Instant.now();
    SortedMap<String, Object> provenance = new TreeMap<>();
    provenance.put("version", Version.current());
    provenance.put("started", started.toString());
    provenance.put("finished", finished.toString());
    provenance.put("seconds", Duration.between(started, finished).toNanos() / 1e9);
    provenance.put("host", Machine.host());
    provenance.put("threads", threads);
    provenance.put("launches", engine.launches());
    provenance.put("handed_to_cpu", engine.handedToCpu());
    return provenance;
  }
}
