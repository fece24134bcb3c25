package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.ModelDiagrams;
import org.scaleinv.invariant.Settings;
import org.scaleinv.report.ComparisonFiles;
import org.scaleinv.report.ConservationTable;
import org.scaleinv.run.Agreement;
import org.scaleinv.run.ComparisonRun;
import org.scaleinv.run.ComparisonRun.Result;
import org.scaleinv.run.DryRun;
import org.scaleinv.run.Measuring;
import org.scaleinv.run.Member;
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
    Settings asked = measuring.settings();
    try (Session session = new Session(common, asked, spec.commandLine().getErr())) {
      List<Member> found = members(locations, asked);
      Settings settings = Agreement.among(found, asked, session::engine, session.threads());
      List<Member> members = settings.equals(asked) ? found : members(locations, settings);
      ComparisonRun.requireComparable(members, settings);
      if (common.dryRun) {
        print(DryRun.describe(plans(members), session.engine(), session.threads()));
        return;
      }
      Result result = ComparisonRun.compare(
          profiles(session, members, settings), locations, comparison.tolerance, comparison.level, session.threads(),
          started);
      result.comparison().warnings().forEach(session.progress()::note);
      List<Path> files = common.output == null ? List.of() : ComparisonRun.write(result, common.output);
      print(text(result));
      if (common.format == CommonOptions.Format.table && !files.isEmpty()) {
        print("\nFiles: " + String.join(", ", files.stream().map(Path::toString).toList()) + "\n");
        if (members.stream().anyMatch(Member::isModel)) {
          print("Profiles of the models measured: " + common.output + "/MODEL/profile.json\n");
        }
      }
    }
  }

  private static List<Member> members(List<String> locations, Settings settings) {
    return locations.stream().map(location -> Member.of(location, settings)).toList();
  }

  private static List<ModelPlan> plans(List<Member> members) {
    return members.stream().filter(Member::isModel).map(Member::plan).toList();
  }

  /** The profiles in the order of the members; no model's folder has the name of a profile that was given. */
  private List<ModelDiagrams> profiles(Session session, List<Member> members, Settings settings) {
    if (common.output != null) {
      Outputs.prepare(common.output);
    }
    List<ModelPlan> plans = plans(members);
    if (plans.isEmpty()) {
      return members.stream().map(Member::withDiagrams).toList();
    }
    List<Path> folders =
        common.output == null ? null : Outputs.folders(common.output, members.stream().map(Member::name).toList());
    Measuring measuring = session.measuring(plans, settings);
    List<ModelDiagrams> profiles = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Path folder = folders == null ? null : folders.get(i);
      profiles.add(member.isModel() ? measuring.withDiagrams(member.plan(), folder) : member.withDiagrams());
    }
    return profiles;
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
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
