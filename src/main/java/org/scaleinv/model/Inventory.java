package org.scaleinv.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scaleinv.tensor.Tensor;

/** What each tensor of a checkpoint is, one entry a tensor. */
public final class Inventory {
  private Inventory() {}

  /**
   * @param roles of the matrices in the tensor, each once; "vector" alone for a weight of rank 0 or 1; empty for a
   *     tensor that is not measured
   * @param layer null where it belongs to none
   */
  public record Entry(Tensor tensor, List<String> roles, Integer layer) {}

  private record Sortable(Entry entry, String key) {}

  /** By name, numbers in it by their value: layer 2 before layer 10. */
  public static List<Entry> of(Checkpoint checkpoint) {
    Map<String, List<WeightMatrix>> weights = new HashMap<>();
    for (WeightMatrix weight : checkpoint.matrices()) {
      weights.computeIfAbsent(weight.matrix().tensor().name(), name -> new ArrayList<>()).add(weight);
    }
    Set<String> unplaced = new HashSet<>();
    checkpoint.unplaced().forEach(tensor -> unplaced.add(tensor.tensor()));
    List<Sortable> entries = new ArrayList<>();
    for (Tensor tensor : checkpoint.tensors().values()) {
      boolean vector = MatrixRule.isVector(tensor) && !unplaced.contains(tensor.name());
      List<WeightMatrix> held = weights.getOrDefault(tensor.name(), List.of());
      List<String> roles = vector ? List.of("vector") : held.stream().map(WeightMatrix::role).distinct().toList();
      Integer layer = held.isEmpty() ? TensorName.layer(tensor.name()) : held.getFirst().layer();
      entries.add(new Sortable(new Entry(tensor, roles, layer), TensorName.sortKey(tensor.name())));
    }
    return entries.stream().sorted(Comparator.comparing(Sortable::key)).map(Sortable::entry).toList();
  }
}
