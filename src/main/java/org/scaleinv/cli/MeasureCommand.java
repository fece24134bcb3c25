package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.scaleinv.cli.CommonOptions.Format;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Profile;
import org.scaleinv.report.MeasurementTable;
import org.scaleinv.report.ProfileFiles;
import org.scaleinv.run.DryRun;
import org.scaleinv.run.Measuring;
import org.scaleinv.run.ModelPlan;
import org.scaleinv.run.Outputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scaleinv measure}. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = "Measures the invariants of models.",
    footer = {
      "",
      "MODEL is a safetensors file, a folder with model.safetensors or",
      "model.safetensors.index.json, or hf:ORG/NAME[@REVISION] in the local cache.",
      "With -o DIR one model writes DIR/profile.json, measurements.csv and",
      "arrays.safetensors, several write DIR/NAME/...; without -o nothing is written."
    })
final class MeasureCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;
  @Mixin
  private CommonOptions common;
  @Mixin
  private SettingsOptions measuring;

  @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Models to measure.")
  private List<String> models;

  @Override
  public Integer call() throws IOException {
    if (models.size() > 1 && common.format != Format.table) {
      throw new UsageError("--format " + common.format + " prints one profile, " + models.size()
          + " models were given; with -o DIR each has its own files");
    }
    try (Session session = new Session(common, measuring.settings(), spec.commandLine().getErr())) {
      List<ModelPlan> plans = session.plan(models);
      if (common.dryRun) {
        print(DryRun.describe(plans, session.engine(), session.threads()));
        return 0;
      }
      String gap = "";
      for (Profile profile : measure(session, plans)) {
        print(gap + text(profile));
        gap = "\n";
      }
      if (common.output != null && common.format == Format.table) {
        print("\nFiles: " + common.output + "\n");
      }
      return 0;
    }
  }

  private List<Profile> measure(Session session, List<ModelPlan> plans) {
    List<Path> folders = common.output == null ? null : folders(plans);
    if (common.output != null) {
      Outputs.prepare(common.output);
    }
    Measuring measuring = session.measuring(plans);
    List<Profile> profiles = new ArrayList<>();
    boolean onlyLookedAt = folders == null && common.format == Format.table;
    for (int i = 0; i < plans.size(); i++) {
      profiles.add(
          onlyLookedAt
              ? measuring.glance(plans.get(i))
              : measuring.profile(plans.get(i), folders == null ? null : folders.get(i)));
    }
    return profiles;
  }

  private List<Path> folders(List<ModelPlan> plans) {
    return plans.size() == 1
        ? List.of(common.output)
        : Outputs.folders(common.output, plans.stream().map(ModelPlan::name).toList());
  }

  private String text(Profile profile) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    switch (common.format) {
      case table -> {
        return MeasurementTable.of(profile);
      }
      case json -> ProfileFiles.writeJson(profile, text);
      case csv -> ProfileFiles.writeCsv(profile, text);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
  }
}
