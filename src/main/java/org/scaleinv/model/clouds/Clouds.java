package org.scaleinv.model.clouds;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.WeightMatrix;
import org.scaleinv.tensor.Tensor;

/** The clouds of a model. */
public final class Clouds {
  private static final String TOKENS = "embedding.token";

  private Clouds() {}

  /** @param tokens that occur in training; null where each table has to show it */
  public static List<Cloud> of(Checkpoint model, List<Integer> tokens) {
    List<Cloud> clouds = new ArrayList<>();
    for (WeightMatrix matrix : model.matrices()) {
      if (matrix.role().equals(TOKENS)) {
        clouds.add(new TokenCloud(matrix, tokens));
      }
    }
    model.neurons().stream().map(NeuronCloud::new).forEach(clouds::add);
    SortedMap<String, List<HeadCircuit>> heads = new TreeMap<>();
    model.circuits().forEach(head -> heads.computeIfAbsent(head.role(), role -> new ArrayList<>()).add(head));
    heads.forEach((role, circuits) -> clouds.add(new HeadCloud(role, circuits)));
    return clouds;
  }

  /** Tensors of layers that are stacks of matrices, as experts are stored: their units make no cloud. */
  public static List<String> stacks(Checkpoint model) {
    return model.matrices().stream()
        .filter(matrix -> matrix.layer() != null && matrix.subject().endsWith("]"))
        .map(matrix -> matrix.matrix().tensor())
        .filter(tensor -> tensor.shape().rank() == 3)
        .map(Tensor::name)
        .distinct()
        .toList();
  }
}
