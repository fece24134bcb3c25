package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Profile;
import org.scaleinv.report.ComparisonFiles;
import org.scaleinv.report.ConservationTable;
import org.scaleinv.run.ComparisonRun;
import org.scaleinv.run.ComparisonRun.Input;
import org.scaleinv.run.ComparisonRun.Result;
import org.scaleinv.run.DryRun;
import org.scaleinv.run.Measuring;
import org.scaleinv.run.ModelPlan;
import org.scaleinv.run.Outputs;
import picocli.CommandLine.Model.CommandSpec;

/** Measures what is not measured yet, compares, writes and prints: what {@code compare} and {@code demo} share. */
record Comparer(
    CommonOptions common, SettingsOptions measuring, ComparisonOptions comparison, CommandSpec spec) {

  void run(List<String> locations) throws IOException {
    Instant started = Instant.now();
    comparison.check();
    if (locations.size() < 2) {
      throw new UsageError("a comparison needs at least 2 models; given: " + locations.size());
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Session session = new Session(common, measuring.settings(), spec.commandLine().getErr())) {
      List<Input> inputs = locations.stream().map(Input::of).toList();
      List<ModelPlan> plans =
          session.plan(inputs.stream().filter(input -> input.profile() == null).map(Input::location).toList());
      if (common.dryRun) {
        out.print(DryRun.describe(plans, session.engine(), session.threads()));
        return;
      }
      Result result = ComparisonRun.compare(
          profiles(session, inputs, plans), locations, comparison.tolerance, comparison.level, session.threads(),
          started);
      result.comparison().warnings().forEach(session.progress()::note);
      List<Path> files = common.output == null ? List.of() : ComparisonRun.write(result, common.output);
      out.print(text(result));
      if (common.format == CommonOptions.Format.table && !files.isEmpty()) {
        out.print("\nFiles: " + String.join(", ", files.stream().map(Path::toString).toList())
            + "\nProfiles of the models measured: " + common.output + "/MODEL/profile.json\n");
      }
    }
  }

  /** The profiles in the order of the inputs. */
  private List<Profile> profiles(Session session, List<Input> inputs, List<ModelPlan> plans) {
    if (common.output != null) {
      Outputs.prepare(common.output);
    }
    List<Path> folders = common.output == null ? null : Outputs.folders(common.output, plans);
    Measuring measuring = plans.isEmpty() ? null : session.measuring(plans);
    List<Profile> profiles = new ArrayList<>();
    int next = 0;
    for (Input input : inputs) {
      if (input.profile() != null) {
        profiles.add(input.profile());
        continue;
      }
      ModelPlan plan = plans.get(next);
      profiles.add(
          folders == null ? measuring.measure(plan).profile() : measuring.measureInto(folders.get(next), plan));
      next++;
    }
    return profiles;
  }

  private String text(Result result) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    switch (common.format) {
      case table -> {
        return ConservationTable.of(result.comparison());
      }
      case json -> ComparisonFiles.writeJson(result.comparison(), result.provenance(), text);
      case csv -> ComparisonFiles.writeCsv(result.comparison(), text);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
