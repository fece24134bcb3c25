package org.scaleinv.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.scaleinv.family.ModelDiagrams;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Settings;
import org.scaleinv.report.ProfileReader;

/**
 * One model of a family to be compared.
 *
 * @param location as the user gave it
 * @param profile what was measured already; null for a model
 * @param plan by which the model is measured; null for a profile
 */
public record Member(String location, Profile profile, ModelPlan plan) {
  /**
   * A file that ends in ".json" but is no index of shards, or a folder that holds profile.json and no model, is a
   * profile; everything else is a model.
   *
   * @throws org.scaleinv.error.BadInput when it cannot be read
   * @throws org.scaleinv.error.UsageError when the settings select nothing of a model
   */
  public static Member of(String location, Settings settings) {
    Path profile = profileAt(location);
    return profile == null
        ? new Member(location, null, ModelPlan.of(location, settings))
        : new Member(location, ProfileReader.read(profile), null);
  }

  /** Null where a model is, or nothing: the reader of models says what it misses. */
  private static Path profileAt(String location) {
    if (location.startsWith("hf:")) {
      return null;
    }
    Path path;
    try {
      path = Path.of(location);
    } catch (InvalidPathException none) {
      return null;
    }
    if (Files.isDirectory(path)) {
      Path profile = path.resolve(ProfileFolder.PROFILE);
      return Files.exists(profile) && !holdsModel(path) ? profile : null;
    }
    return location.endsWith(".json") && !location.endsWith(".index.json") ? path : null;
  }

  private static boolean holdsModel(Path folder) {
    return Files.exists(folder.resolve("model.safetensors"))
        || Files.exists(folder.resolve("model.safetensors.index.json"));
  }

  /**
   * A profile with the diagrams that lie beside it.
   *
   * @throws org.scaleinv.error.BadInput when they are not those that it was written with
   */
  public ModelDiagrams withDiagrams() {
    return ModelDiagrams.of(profile, StoredDiagrams.beside(profileAt(location), profile));
  }

  public boolean isModel() {
    return plan != null;
  }

  public String name() {
    return isModel() ? plan.name() : profile.model().name();
  }

  /** The profile as far as it is known before a model is measured: without digest and measurements. */
  Profile expected(Settings settings) {
    return isModel()
        ? new Profile(plan.model(), "", settings, null, new TreeMap<>(), List.of(), List.of())
        : profile;
  }
}
