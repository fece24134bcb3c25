package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Rips;
import org.scaleinv.error.UsageError;
import org.scaleinv.report.BarcodeText;
import org.scaleinv.report.HomologyFiles;
import org.scaleinv.report.HomologyReport;
import org.scaleinv.run.HomologyFolder;
import org.scaleinv.run.HomologyRun;
import org.scaleinv.run.Outputs;
import org.scaleinv.space.Form;
import org.scaleinv.space.InputFormat;
import org.scaleinv.space.SpaceReader;
import org.scaleinv.space.SpaceSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scaleinv homology}. */
@Command(
    name = "homology",
    mixinStandardHelpOptions = true,
    description = "Finds the persistent homology of the Vietoris-Rips filtration of points or distances.",
    footer = {
      "",
      "INPUT is what Ripser reads (text in its formats, its binary one, DIPHA), a .npy",
      "file, or a safetensors file; - is standard input. The table is Ripser's. With",
      "-o DIR all goes to homology.json, diagrams.csv and diagrams.safetensors in it."
    })
final class HomologyCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;
  @Mixin
  private CommonOptions common;
  @Mixin
  private HomologyOptions options;

  @Parameters(paramLabel = "INPUT", description = "Points or distances.")
  private String input;

  @Override
  public Integer call() throws IOException {
    Instant started = Instant.now();
    Rips rips = options.rips();
    try (Session session = new Session(common, spec.commandLine().getErr());
        SpaceSource source =
            new SpaceReader(options.inputFormat, options.tensor, session.progress()::note).open(input)) {
      if (options.metric != null && source.form() != Form.POINTS) {
        throw new UsageError("--metric is between points, and " + source.name() + " holds distances");
      }
      if (options.inputFormat == InputFormat.AUTO) {
        session.progress().note(source.name() + ": " + source.description());
      }
      Metric metric = options.metric == null ? Metric.EUCLIDEAN : options.metric;
      var run = new HomologyRun(source, metric, rips, session.engine(), session.threads());
      if (common.dryRun) {
        print(run.dryRun());
        return 0;
      }
      if (common.output != null) {
        Outputs.prepare(common.output);
      }
      HomologyReport report = run.compute(session.progress(), started);
      List<Path> files = common.output == null ? List.of() : HomologyFolder.write(report, common.output);
      print(text(report));
      if (!files.isEmpty()) {
        session.progress().note("files: " + String.join(", ", files.stream().map(Path::toString).toList()));
      }
      return 0;
    }
  }

  private String text(HomologyReport report) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    switch (common.format) {
      case table -> {
        return BarcodeText.of(report);
      }
      case json -> HomologyFiles.writeJson(report, text);
      case csv -> HomologyFiles.writeCsv(report, text);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
  }
}
