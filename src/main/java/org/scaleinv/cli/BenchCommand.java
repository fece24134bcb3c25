package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.UsageError;
import org.scaleinv.report.BenchFiles;
import org.scaleinv.report.BenchReport;
import org.scaleinv.report.BenchTable;
import org.scaleinv.run.Engines;
import org.scaleinv.run.Progress;
import org.scaleinv.run.bench.Bench;
import org.scaleinv.run.bench.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scaleinv bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Times an engine's operations beside the machine's own ceilings.")
final class BenchCommand implements Callable<Integer> {
  private CommandSpec spec;

  @Parameters(
      paramLabel = "OPERATION",
      arity = "0..*",
      description = "What to time: names or groups of the list below (default: all).")
  private List<String> operations = List.of();

  @Option(
      names = "--engine",
      defaultValue = "auto",
      paramLabel = "NAME",
      description = "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private CommonOptions.EngineChoice engine;

  @Option(
      names = "--device",
      paramLabel = "N",
      description = "Which CUDA device computes, from 0 (default: the first that can be used).")
  private Integer device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute (default: all that this process may use).")
  private Integer threads;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "What standard output gets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private CommonOptions.Format format;

  @Option(
      names = "--repeat",
      defaultValue = "5",
      paramLabel = "N",
      description = "Timed runs of each operation, at least (default: ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--seconds",
      defaultValue = "0",
      paramLabel = "S",
      description = "Timed seconds of each operation, at least (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--kernels",
      description = "Times each kernel, too, by the device's own clock; nothing for an engine without kernels.")
  private boolean kernels;

  @Option(names = "--quiet", description = "No progress on standard error, only errors.")
  private boolean quiet;

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    List<String> lines = new ArrayList<>(List.of("", "Operations, in groups by what stands before a dot:"));
    Suite.full().names().forEach(name -> lines.add("  " + name));
    lines.addAll(
        List.of(
            "",
            "The ceilings are a copy of a large block and matrix products, on the same",
            "engine and threads. Every answer is checked; a wrong one ends in code 4."));
    spec.usageMessage().footer(lines.toArray(String[]::new));
  }

  @Override
  public Integer call() throws IOException {
    requireSettings();
    Suite.full().select(operations);
    spec.commandLine().getOut().print(text(measure()));
    return 0;
  }

  private void requireSettings() {
    if (repeat < 1) {
      throw new UsageError("--repeat has to be at least 1; given: " + repeat);
    }
    if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new UsageError("--seconds has to be 0 or more; given: " + seconds);
    }
  }

  private BenchReport measure() {
    if (quiet) {
      return measure(Progress.NONE);
    }
    try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr())) {
      return measure(progress);
    }
  }

  private BenchReport measure(Progress progress) {
    int allowed = CommonOptions.threads(threads);
    try (Engine opened = Engines.open(engine.toString(), device, progress::note)) {
      Suite suite = Bench.suite(opened.name()).select(operations);
      return new Bench(opened, allowed, repeat, seconds, kernels, progress).run(suite);
    }
  }

  private String text(BenchReport report) throws IOException {
    return switch (format) {
      case table -> BenchTable.of(report);
      case csv -> BenchFiles.csv(report);
      case json -> {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        BenchFiles.json(report, text);
        yield text.toString(StandardCharsets.UTF_8);
      }
    };
  }
}
