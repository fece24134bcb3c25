package org.scaleinv.family;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Scope;

/** What in the clouds of models is not alike, a sentence each. */
public final class CloudWarnings {
  /** More would fill the screen; their number is told. */
  private static final int NAMED = 3;

  private CloudWarnings() {}

  /** @param models small to large */
  public static List<String> of(List<ModelDiagrams> models) {
    List<String> warnings = new ArrayList<>();
    ofSizes(models, warnings);
    ofTokens(models, warnings);
    ofClouds(models, warnings);
    return warnings;
  }

  /** All that homology counts, and dimensions as well, depend on the number of points. */
  private static void ofSizes(List<ModelDiagrams> models, List<String> warnings) {
    List<String> different = new ArrayList<>();
    TreeSet<Long> least = new TreeSet<>();
    facts(models, "points").forEach((role, bySize) -> {
      if (bySize.size() > 1) {
        different.add(Escape.quoted(role) + ": " + named(bySize));
        least.add(bySize.firstKey());
      }
    });
    if (!different.isEmpty()) {
      warnings.add(
          "subsamples of clouds have different numbers of points, and topology changes with that alone: "
              + String.join("; ", different) + ". Compare the models themselves, or measure each with --points "
              + least.first());
    }
  }

  private static void ofTokens(List<ModelDiagrams> models, List<String> warnings) {
    facts(models, "tokens_untrained").forEach((role, byCount) -> {
      if (byCount.size() > 1) {
        warnings.add(
            "the models leave out different numbers of tokens as untrained, so that their token clouds are not of the"
                + " same tokens: " + named(byCount)
                + ". Compare the models themselves, or measure each with --tokens");
      }
    });
  }

  private static void ofClouds(List<ModelDiagrams> models, List<String> warnings) {
    List<ModelDiagrams> measured = models.stream().filter(model -> !model.clouds().isEmpty()).toList();
    TreeSet<String> all = new TreeSet<>();
    measured.forEach(model -> all.addAll(model.clouds().keySet()));
    List<String> partial =
        all.stream().filter(cloud -> !measured.stream().allMatch(model -> model.clouds().containsKey(cloud))).toList();
    if (!partial.isEmpty()) {
      String names = partial.stream().limit(NAMED).map(Escape::quoted).collect(Collectors.joining(", "));
      int more = partial.size() - NAMED;
      warnings.add(
          "diagrams are compared between clouds of one name, layers therefore by their number: " + partial.size()
              + " of "
              + all.size() + " clouds are missing in some of the models and not compared with these: " + names
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  /** A number of the detail of clouds, with the models that have it, by role. */
  private static SortedMap<String, SortedMap<Long, TreeSet<String>>> facts(List<ModelDiagrams> models, String key) {
    SortedMap<String, SortedMap<Long, TreeSet<String>>> facts = new TreeMap<>();
    for (ModelDiagrams model : models) {
      for (Measurement row : model.profile().measurements()) {
        boolean ofCloud = row.scope() == Scope.TENSOR && row.invariant().startsWith("topology.");
        if (ofCloud && row.detail().get(key) instanceof Number number) {
          facts.computeIfAbsent(row.role(), role -> new TreeMap<>())
              .computeIfAbsent(number.longValue(), count -> new TreeSet<>())
              .add(model.profile().model().name());
        }
      }
    }
    return facts;
  }

  /** "102 in "a", "b", 153 in "c"". */
  private static String named(SortedMap<Long, TreeSet<String>> byNumber) {
    return byNumber.entrySet().stream()
        .map(e -> e.getKey() + " in " + e.getValue().stream().map(Escape::quoted).collect(Collectors.joining(", ")))
        .collect(Collectors.joining(", "));
  }
}
