package org.scaleinv.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.scaleinv.error.Escape;
import org.scaleinv.model.CommonRules.Exclusion;
import org.scaleinv.tensor.Tensor;

/**
 * A tied output matrix is the token embedding. Mostly it is not stored; where it is, it is left out, so that one matrix
 * is neither counted nor measured twice.
 */
final class TiedOutput {
  private TiedOutput() {}

  /** Excludes the stored copies of a tied output matrix. */
  static void exclude(
      FittedTable fitted,
      Optional<ModelConfig> config,
      SortedMap<String, Tensor> tensors,
      Map<String, Exclusion> exclusions,
      List<String> warnings) {
    Optional<Tensor> embedding = withRole(fitted, tensors, Roles.TOKEN_EMBEDDING).stream().findFirst();
    if (embedding.isEmpty()) {
      return;
    }
    String name = Escape.quoted(embedding.get().name());
    Optional<Boolean> tied = tied(fitted.table(), config);
    for (Tensor output : withRole(fitted, tensors, Roles.OUTPUT)) {
      boolean sameShape = output.shape().equals(embedding.get().shape());
      if (tied.isEmpty() && sameShape) {
        warnings.add(
            Escape.quoted(output.name()) + " and " + name
                + " are counted as two: without config.json nothing says that they are tied");
      } else if (tied.orElse(false) && sameShape) {
        exclusions.put(output.name(), new Exclusion("tied to " + name + ": the same matrix", false, false));
      } else if (tied.orElse(false)) {
        warnings.add(
            Escape.quoted(output.name()) + " of shape " + output.shape() + " cannot be tied to " + name + " of shape "
                + embedding.get().shape() + ", though config.json says so: counted as two");
      }
    }
  }

  private static Optional<Boolean> tied(ArchitectureTable table, Optional<ModelConfig> config) {
    return config.map(
        c -> c.tied().orElseGet(() -> c.modelType().filter(table.tiedByDefault()::contains).isPresent()));
  }

  private static List<Tensor> withRole(FittedTable fitted, SortedMap<String, Tensor> tensors, String role) {
    return tensors.values().stream()
        .filter(t -> fitted.place(t.name()).filter(p -> p.rule().roles().contains(role)).isPresent())
        .toList();
  }
}
