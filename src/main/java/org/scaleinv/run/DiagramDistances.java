package org.scaleinv.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.scaleinv.error.Escape;
import org.scaleinv.family.CloudPair;
import org.scaleinv.family.CloudWarnings;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.DiagramDistance;
import org.scaleinv.family.ModelDiagrams;

/** Adds to a comparison how far the persistence diagrams of its models lie apart. */
final class DiagramDistances {
  private DiagramDistances() {}

  /** @param models of the comparison, in any order */
  static Comparison addTo(Comparison comparison, List<ModelDiagrams> models, int threads) {
    List<String> order = comparison.models().stream().map(Comparison.Model::name).toList();
    List<ModelDiagrams> ordered = new ArrayList<>(models);
    ordered.sort(Comparator.comparingInt(model -> order.indexOf(model.profile().model().name())));
    return comparison.with(distances(CloudPair.of(ordered), threads), warnings(ordered));
  }

  private static List<DiagramDistance> distances(List<CloudPair> pairs, int threads) {
    DiagramDistance[][] found = new DiagramDistance[pairs.size()][];
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      int number = i;
      CloudPair pair = pairs.get(i);
      jobs.add(
          new Job(pair.cloud(), pair.cost(), 0,
              _ -> found[number] = pair.distances().toArray(DiagramDistance[]::new)));
    }
    new Scheduler(threads, Machine.memory()).run(jobs, _ -> {
    });
    return Arrays.stream(found)
        .flatMap(Arrays::stream)
        .sorted(
            Comparator.comparing(DiagramDistance::role).thenComparing(DiagramDistance::cloud)
                .thenComparingInt(DiagramDistance::dimension))
        .toList();
  }

  private static List<String> warnings(List<ModelDiagrams> models) {
    List<String> warnings = new ArrayList<>(CloudWarnings.of(models));
    models.stream()
        .filter(model -> model.clouds().isEmpty() && model.profile().settings().families().contains("topology"))
        .map(model -> "%s: no diagrams were found beside its profile, and none are compared"
            .formatted(Escape.visible(model.profile().model().name())))
        .forEach(warnings::add);
    return warnings;
  }
}
