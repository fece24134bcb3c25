package org.scaleinv.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Conservation;
import org.scaleinv.family.ModelDiagrams;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Settings;
import org.scaleinv.report.ComparisonFiles;

/** Compares the profiles of a family and writes the result. */
public final class ComparisonRun {
  static final String JSON = "comparison.json";
  static final String CSV = "comparison.csv";

  private ComparisonRun() {}

  /**
   * A comparison with the run it came from.
   *
   * @param provenance everything that may differ between two runs with equal results
   */
  public record Result(Comparison comparison, SortedMap<String, Object> provenance) {}

  /**
   * Says what cannot be compared before hours are spent on measuring it.
   *
   * @throws org.scaleinv.error.ScaleinvException as {@link Conservation#compare} does
   */
  public static void requireComparable(List<Member> members, Settings settings) {
    Conservation.requireComparable(members.stream().map(member -> member.expected(settings)).toList());
  }

  /**
   * Compares profiles, and their diagrams where topology was measured; equal names are told apart by a number.
   *
   * @param locations where each profile or model was found
   */
  public static Result compare(
      List<ModelDiagrams> models, List<String> locations, double tolerance, double level, int threads,
      Instant started) {
    Outputs.Names names = new Outputs.Names();
    List<ModelDiagrams> named = models.stream().map(m -> m.named(names.unique(m.profile().model().name()))).toList();
    List<Profile> distinct = named.stream().map(ModelDiagrams::profile).toList();
    Comparison comparison =
        DiagramDistances.addTo(Conservation.compare(distinct, tolerance, level), named, threads);
    SortedMap<String, Object> provenance = Provenance.since(started, threads);
    List<Map<String, Object>> sources = new ArrayList<>();
    for (int i = 0; i < distinct.size(); i++) {
      Map<String, Object> source = new LinkedHashMap<>();
      source.put("name", distinct.get(i).model().name());
      source.put("location", locations.get(i));
      source.put("digest", distinct.get(i).model().digest());
      sources.add(source);
    }
    provenance.put("sources", sources);
    return new Result(comparison, provenance);
  }

  /** Writes comparison.json and comparison.csv; the files it wrote. */
  public static List<Path> write(Result result, Path folder) {
    Path json = folder.resolve(JSON);
    Path csv = folder.resolve(CSV);
    Outputs.prepare(folder);
    try (PendingFile table = PendingFile.of(csv, out -> ComparisonFiles.writeCsv(result.comparison(), out));
        PendingFile document = PendingFile.of(
            json, out -> ComparisonFiles.writeJson(result.comparison(), result.provenance(), out))) {
      table.publish();
      document.publish();
    }
    return List.of(json, csv);
  }
}
