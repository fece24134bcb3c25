package org.scaleinv.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Conservation;
import org.scaleinv.family.Profile;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.report.ComparisonFiles;
import org.scaleinv.report.ProfileReader;

/** What is compared, models to be measured and profiles that lie there, and where the result goes. */
public final class ComparisonRun {
  static final String JSON = "comparison.json";
  static final String CSV = "comparison.csv";

  private ComparisonRun() {}

  /** One model of the family: a profile where there is one already, else null and to be measured. */
  public record Input(String location, Profile profile) {
    /**
     * A file that ends in ".json" but is no index of shards, or a folder that holds profile.json and no model, is a
     * profile; everything else is a model.
     *
     * @throws org.scaleinv.error.BadInput when it is a profile that cannot be read
     */
    public static Input of(String location) {
      if (location.endsWith(".json") && !location.endsWith(".index.json")) {
        return new Input(location, ProfileReader.read(Path.of(location)));
      }
      Path file = location.startsWith("hf:") ? null : Path.of(location, ProfileFolder.PROFILE);
      if (file == null || !Files.exists(file) || holdsModel(file)) {
        return new Input(location, null);
      }
      return new Input(location, ProfileReader.read(file));
    }

    private static boolean holdsModel(Path profile) {
      return Files.exists(profile.resolveSibling("model.safetensors"))
          || Files.exists(profile.resolveSibling("model.safetensors.index.json"));
    }
  }

  /**
   * A comparison with the run it came from.
   *
   * @param provenance everything that may differ between two runs with equal results
   */
  public record Result(Comparison comparison, SortedMap<String, Object> provenance) {}

  /**
   * Compares profiles; equal names are told apart by a number.
   *
   * @param locations where each profile or model was found
   */
  public static Result compare(
      List<Profile> profiles, List<String> locations, double tolerance, double level, int threads, Instant started) {
    Outputs.Names names = new Outputs.Names();
    List<Profile> distinct = profiles.stream().map(p -> named(p, names.unique(p.model().name()))).toList();
    Comparison comparison = Conservation.compare(distinct, tolerance, level);
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

  private static Profile named(Profile profile, String name) {
    ModelSummary model = profile.model();
    if (model.name().equals(name)) {
      return profile;
    }
    return new Profile(
        new ModelSummary(
            name, model.path(), model.architecture(), model.parameters(), model.parametersWithoutEmbeddings(),
            model.width(), model.depth(), model.heads(), model.scale(), model.digest()),
        profile.engine(),
        profile.settings(),
        profile.arraysDigest(),
        profile.provenance(),
        profile.unmeasured(),
        profile.measurements());
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
