package org.scaleinv.family;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.Settings;

/**
 * Profiles that may be compared, small to large.
 *
 * @param lnN logarithm of the parameters without embeddings, by profile
 * @param scale number of each profile's scale, ascending: profiles with equal numbers are seeds of one scale
 */
record Family(List<Profile> profiles, double[] lnN, int[] scale, List<String> warnings) {

  static Family of(List<Profile> profiles) {
    if (profiles.size() < 2) {
      throw new UsageError("a comparison needs at least two models; given: " + profiles.size());
    }
    List<Profile> ordered = new ArrayList<>(profiles);
    ordered.sort(
        Comparator.comparingLong((Profile p) -> p.model().parametersWithoutEmbeddings())
            .thenComparing(p -> p.model().scale())
            .thenComparing(p -> p.model().name()));
    for (Profile profile : ordered) {
      requireParameters(profile.model());
      requireEqualSettings(ordered.getFirst(), profile);
    }
    requireDistinctModels(ordered);
    int[] scale = scales(ordered);
    double[] lnN = ordered.stream().mapToDouble(p -> Math.log(p.model().parametersWithoutEmbeddings())).toArray();
    if (lnN[0] == lnN[lnN.length - 1]) {
      throw new UsageError(
          "all %d models have %d parameters without embeddings: a change of scale needs at least two sizes"
              .formatted(ordered.size(), ordered.getFirst().model().parametersWithoutEmbeddings()));
    }
    return new Family(ordered, lnN, scale, warnings(ordered, scale));
  }

  private static void requireParameters(ModelSummary model) {
    if (model.parametersWithoutEmbeddings() <= 0) {
      throw new BadInput(
          "no-parameters",
          "model %s: expected parameters besides embeddings, found %d"
              .formatted(Escape.quoted(model.name()), model.parametersWithoutEmbeddings()));
    }
  }

  private static void requireDistinctModels(List<Profile> profiles) {
    Map<String, ModelSummary> byDigest = new HashMap<>();
    for (Profile profile : profiles) {
      ModelSummary model = profile.model();
      ModelSummary twin = model.digest() == null ? null : byDigest.put(model.digest(), model);
      if (twin != null) {
        throw new BadInput(
            "same-model-twice",
            "models %s and %s hold the same bytes: a copy is not a second seed"
                .formatted(Escape.quoted(twin.path()), Escape.quoted(model.path())));
      }
    }
  }

  private static void requireEqualSettings(Profile first, Profile other) {
    requireEqual(first, other, "families", s -> s.families().stream().map(Escape::quoted).toList());
    requireEqual(first, other, "selection", s -> s.select() == null ? null : patternText(s.select()));
    requireEqual(first, other, "null model", Settings::nullModel);
    requireEqual(first, other, "null draws", Settings::nullDraws);
    requireEqual(first, other, "seed", Settings::seed);
    requireEqual(first, other, "solver", Settings::solver);
    requireEqual(first, other, "clouds", Settings::clouds);
  }

  private static String patternText(Pattern pattern) {
    return Escape.quoted(pattern.pattern());
  }

  private static void requireEqual(Profile first, Profile other, String what, Function<Settings, Object> setting) {
    Object expected = setting.apply(first.settings());
    Object found = setting.apply(other.settings());
    if (!Objects.equals(expected, found)) {
      throw new BadInput(
          "settings-differ",
          "profiles %s and %s were measured with different settings: %s is %s in the first, %s in the second"
              .formatted(
                  Escape.quoted(first.model().name()), Escape.quoted(other.model().name()), what, expected, found));
    }
  }

  private static int[] scales(List<Profile> ordered) {
    Map<String, Integer> numbers = new HashMap<>();
    return ordered.stream()
        .mapToInt(p -> numbers.computeIfAbsent(p.model().scale(), s -> numbers.size()))
        .toArray();
  }

  private static List<String> warnings(List<Profile> profiles, int[] scale) {
    List<String> warnings = new ArrayList<>();
    warnOfDifferent(warnings, profiles, "architectures", p -> p.model().architecture());
    warnOfDifferent(warnings, profiles, "engines", Profile::engine);
    warnOfDifferent(warnings, profiles, "versions", p -> Objects.toString(p.provenance().get("version"), null));
    boolean seeds = scale[scale.length - 1] + 1 < profiles.size();
    if (scale[scale.length - 1] == 1) {
      warnings.add(
          seeds
              ? "two scales: errors are those between seeds, and no law can be tested"
              : "two models and no second seed: no error can be given, and nothing can be decided");
    } else if (!seeds) {
      warnings.add("no second seed of any scale: errors are the scatter about the fitted law");
    }
    return warnings;
  }

  private static void warnOfDifferent(
      List<String> warnings, List<Profile> profiles, String what, Function<Profile, String> property) {
    TreeSet<String> values = new TreeSet<>();
    profiles.stream().map(property).filter(Objects::nonNull).map(Escape::quoted).forEach(values::add);
    if (values.size() > 1) {
      warnings.add("the profiles have different " + what + ": " + String.join(", ", values));
    }
  }
}
