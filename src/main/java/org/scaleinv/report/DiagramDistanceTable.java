package org.scaleinv.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.family.CloudPair;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.Model;
import org.scaleinv.family.DiagramDistance;

/** Distances of diagrams as a table for people: means over clouds and pairs of models, by role and dimension. */
final class DiagramDistanceTable {
  private final Map<String, String> scales;
  private final Map<String, Map<Integer, List<DiagramDistance>>> groups;

  private DiagramDistanceTable(Comparison comparison) {
    scales = comparison.models().stream().collect(Collectors.toMap(Model::name, Model::scale));
    groups = comparison.diagramDistances().stream()
        .collect(
            Collectors.groupingBy(
                DiagramDistance::role, TreeMap::new,
                Collectors.groupingBy(DiagramDistance::dimension, TreeMap::new, Collectors.toList())));
  }

  /** Empty where no diagrams were compared. */
  static String of(Comparison comparison) {
    return comparison.diagramDistances().isEmpty() ? "" : new DiagramDistanceTable(comparison).text();
  }

  private String text() {
    TextTable table = new TextTable()
        .left("role").right("H").right("pairs").right("bottleneck: seeds").right("scales").right("null")
        .right("Wasserstein: seeds").right("scales").right("null");
    groups.forEach((role, dimensions) -> dimensions.forEach((dimension, pairs) -> add(table, role, dimension, pairs)));
    return "\nPersistence diagrams of one cloud in two models\n\n" + table
        + "\nMeans over clouds and pairs of models: seeds of one scale, different scales, and a null cloud of each. "
        + "Lengths are\n  in units of the median distance; Wasserstein's distance has degree " + CloudPair.DEGREE
        + ". comparison.json has every pair.\n";
  }

  private void add(TextTable table, String role, int dimension, List<DiagramDistance> pairs) {
    List<DiagramDistance> seeds = pairs.stream().filter(this::ofOneScale).toList();
    List<DiagramDistance> others = pairs.stream().filter(pair -> !ofOneScale(pair)).toList();
    table.row(
        Escape.visible(role),
        Integer.toString(dimension),
        Integer.toString(pairs.size()),
        mean(seeds, DiagramDistance::bottleneck),
        mean(others, DiagramDistance::bottleneck),
        mean(pairs, DiagramDistance::nullBottleneck),
        mean(seeds, DiagramDistance::wasserstein),
        mean(others, DiagramDistance::wasserstein),
        mean(pairs, DiagramDistance::nullWasserstein));
  }

  private boolean ofOneScale(DiagramDistance pair) {
    return Objects.equals(scales.get(pair.first()), scales.get(pair.second()));
  }

  /** "-" where no pair has one. */
  private static String mean(List<DiagramDistance> pairs, Function<DiagramDistance, Double> distance) {
    var mean = pairs.stream().map(distance).filter(Objects::nonNull).mapToDouble(Double::doubleValue).average();
    return Numbers.of(mean.isPresent() ? mean.getAsDouble() : null);
  }
}
