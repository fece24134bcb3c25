package org.scaleinv.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.scaleinv.error.BadInput;
import org.scaleinv.model.Architectures.Recognised;
import org.scaleinv.model.CommonRules.Exclusion;
import org.scaleinv.model.FittedTable.Place;
import org.scaleinv.tensor.Tensor;

/** Finds the parts of one model: every tensor gets a role, or a reason why it has none. */
final class CheckpointReader {
  private final SortedMap<String, Tensor> tensors;
  private final Optional<ModelConfig> config;
  private final Optional<FittedTable> fitted;
  private final SortedMap<String, Exclusion> exclusions;
  private final List<String> warnings;

  private CheckpointReader(SortedMap<String, Tensor> tensors, Optional<ModelConfig> config, Recognised recognised) {
    this.tensors = tensors;
    this.config = config;
    fitted = recognised.table();
    exclusions = CommonRules.exclusions(tensors);
    warnings = new ArrayList<>(recognised.warnings());
  }

  /** A checkpoint with what its user should know of how its parts were found. */
  record Found(Checkpoint checkpoint, List<String> warnings) {}

  /**
   * A table that config.json names must fit; one that was chosen by the tensors' names alone is given up when the sizes
   * contradict it, with a warning.
   *
   * @throws BadInput when config.json has a value of the wrong kind ({@code config-value}), or sizes that the tensors'
   *     shapes contradict ({@code config-mismatch})
   */
  static Found read(String name, Path path, SortedMap<String, Tensor> tensors, Optional<ModelConfig> config) {
    Recognised recognised = Architectures.recognise(config.flatMap(ModelConfig::modelType), tensors.keySet());
    try {
      return new CheckpointReader(tensors, config, recognised).read(name, path);
    } catch (BadInput e) {
      if (recognised.declared() || recognised.table().isEmpty() || !e.rule().equals("config-mismatch")) {
        throw e;
      }
      String why =
          "the names are those of " + recognised.table().get().table().name()
              + ", the shapes are not, so it is read as an unknown architecture: " + e.getMessage();
      return new CheckpointReader(tensors, config, Recognised.unknown(List.of(why))).read(name, path);
    }
  }

  private Found read(String name, Path path) {
    fitted.ifPresent(this::excludeByTable);
    SortedMap<String, Tensor> measurable = new TreeMap<>(tensors);
    measurable.keySet().removeAll(exclusions.keySet());
    Sizes sizes = fitted.map(f -> Sizes.of(f, config, measurable)).orElse(Sizes.UNKNOWN);
    Placement placement = place(measurable, sizes);
    List<HeadCircuit> circuits =
        fitted.isEmpty() ? List.of() : HeadCircuits.of(placement.projections(), sizes, warnings);
    long packed = exclusions.values().stream().filter(Exclusion::packed).count();
    if (packed > 0) {
      warnings.add(packed + " tensors of packed weights are neither measured nor counted as parameters");
    }
    Checkpoint checkpoint =
        new Checkpoint(
            name,
            path,
            fitted.map(f -> f.table().name()).orElse("unknown"),
            parameters(true),
            parameters(false),
            sizes.width(),
            depth(sizes),
            sizes.heads(),
            tensors,
            placement.matrices(),
            circuits,
            Neurons.of(placement.projections()),
            placement.unplaced());
    return new Found(checkpoint, List.copyOf(warnings));
  }

  private void excludeByTable(FittedTable table) {
    tensors.keySet().stream().filter(table::isBuffer).forEach(t -> exclusions.put(t, CommonRules.buffer()));
    TiedOutput.exclude(table, config, tensors, exclusions, warnings);
  }

  private Placement place(SortedMap<String, Tensor> measurable, Sizes sizes) {
    Placement placement = new Placement(sizes);
    exclusions.forEach((tensor, exclusion) -> placement.leaveOut(tensor, exclusion.reason()));
    for (Tensor tensor : measurable.values()) {
      Optional<Place> place = fitted.flatMap(f -> f.place(tensor.name()));
      if (place.isPresent()) {
        placement.byTable(tensor, place.get());
      } else {
        placement.byShape(tensor);
        if (fitted.isPresent() && !MatrixRule.isVector(tensor)) {
          placement.leaveOut(
              tensor.name(), "no role in the " + fitted.get().table().name() + " table: measured as " + Roles.UNKNOWN);
        }
      }
    }
    return placement;
  }

  private long parameters(boolean withEmbeddings) {
    long count = 0;
    for (Tensor tensor : tensors.values()) {
      Exclusion exclusion = exclusions.get(tensor.name());
      boolean counted = exclusion == null || exclusion.counted();
      if (counted && (withEmbeddings || !isEmbedding(tensor.name()))) {
        count = Math.addExact(count, tensor.shape().size());
      }
    }
    return count;
  }

  private boolean isEmbedding(String tensor) {
    return fitted
        .flatMap(f -> f.place(tensor))
        .filter(p -> p.rule().roles().stream().anyMatch(Roles.EMBEDDINGS::contains))
        .isPresent();
  }

  private Integer depth(Sizes sizes) {
    SortedSet<Integer> layers = new TreeSet<>();
    for (String tensor : tensors.keySet()) {
      fitted.flatMap(f -> f.place(CommonRules.unpackedName(tensor))).map(Place::layer).ifPresent(layers::add);
    }
    if (layers.isEmpty()) {
      return sizes.depth();
    }
    int highest = layers.last() + 1;
    if (highest != layers.size() || sizes.depth() != null && sizes.depth() != highest) {
      warnings.add(
          "the tensors hold layers " + layers.first() + " to " + layers.last() + " (" + layers.size() + " in all)"
              + (sizes.depth() == null ? "" : ", where config.json says " + sizes.depth()));
    }
    return sizes.depth() == null ? Integer.valueOf(highest) : sizes.depth();
  }
}
