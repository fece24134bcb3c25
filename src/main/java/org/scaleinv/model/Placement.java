package org.scaleinv.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.model.FittedTable.Place;
import org.scaleinv.model.MatrixRule.Part;
import org.scaleinv.model.MatrixRule.Reading;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Tensor;

/** The matrices found so far, and the tensors that hold none. */
final class Placement {
  private final Sizes sizes;
  private final ShapeCheck check;
  private final List<Sortable> matrices = new ArrayList<>();
  private final List<Projection> projections = new ArrayList<>();
  private final SortedMap<String, String> unplaced = new TreeMap<>();

  Placement(Sizes sizes) {
    this.sizes = sizes;
    check = new ShapeCheck(sizes);
  }

  private record Sortable(WeightMatrix weight, String key) {
    private static final Comparator<Sortable> ORDER =
        Comparator.<Sortable>comparingInt(s -> Roles.layerRank(s.weight().role(), s.weight().layer()))
            .thenComparingInt(s -> Roles.rank(s.weight().role()))
            .thenComparing(Sortable::key);
  }

  /**
   * Takes a tensor that has a rule.
   *
   * @throws BadInput {@code config-mismatch} when its shape contradicts the rule or the model's sizes
   */
  void byTable(Tensor tensor, Place place) {
    String role = place.rule().roles().getFirst();
    boolean fused = place.rule().split() != null;
    if ((fused || role.startsWith("attention.")) && tensor.shape().rank() != 2) {
      throw new BadInput(
          "config-mismatch",
          Escape.visible(tensor.origin()) + ": tensor " + Escape.quoted(tensor.name()) + ", "
              + String.join(", ", place.rule().roles()) + ": expected rank 2, found shape " + tensor.shape());
    }
    Reading reading = read(tensor);
    if (!fused || reading.parts().isEmpty()) {
      for (Part part : reading.parts()) {
        add(new WeightMatrix(tensor.name() + part.suffix(), role, place.layer(), part.matrix()), place);
      }
    } else if (FusedTensor.canSplit(place, sizes)) {
      split(tensor, place);
    } else {
      leaveOut(
          tensor.name(),
          "fused " + String.join(", ", place.rule().roles()) + " cannot be split, number of heads unknown: measured as "
              + Roles.UNKNOWN);
      add(new WeightMatrix(tensor.name(), Roles.UNKNOWN, place.layer(), Matrix.of(tensor)));
    }
  }

  /** Takes a tensor that no table speaks of. */
  void byShape(Tensor tensor) {
    Integer layer = TensorName.layer(tensor.name());
    for (Part part : read(tensor).parts()) {
      add(new WeightMatrix(tensor.name() + part.suffix(), Roles.UNKNOWN, layer, part.matrix()));
    }
  }

  /** Notes why a tensor has no role; the first reason stays. */
  void leaveOut(String tensor, String reason) {
    unplaced.putIfAbsent(tensor, reason);
  }

  List<WeightMatrix> matrices() {
    return matrices.stream().sorted(Sortable.ORDER).map(Sortable::weight).toList();
  }

  /** The matrices whose side that is the input is known. */
  List<Projection> projections() {
    return projections;
  }

  List<Checkpoint.Unplaced> unplaced() {
    return unplaced.entrySet().stream().map(e -> new Checkpoint.Unplaced(e.getKey(), e.getValue())).toList();
  }

  private void split(Tensor tensor, Place place) {
    List<Matrix> parts = FusedTensor.split(tensor, place, sizes);
    for (int i = 0; i < parts.size(); i++) {
      String role = place.rule().roles().get(i);
      String subject = tensor.name() + "[" + role.substring(role.indexOf('.') + 1) + "]";
      add(new WeightMatrix(subject, role, place.layer(), parts.get(i)), place);
    }
  }

  private Reading read(Tensor tensor) {
    Reading reading = MatrixRule.read(tensor);
    if (reading.reason() != null) {
      leaveOut(tensor.name(), reading.reason());
    }
    return reading;
  }

  /** Which axis of a stack of experts is its input differs between models, so only plain matrices are projections. */
  private void add(WeightMatrix weight, Place place) {
    boolean plain = weight.matrix().tensor().shape().rank() == 2 || weight.role().startsWith("embedding.");
    if (plain) {
      Projection projection = new Projection(weight, place.orientation());
      check.check(projection);
      projections.add(projection);
    }
    add(weight);
  }

  private void add(WeightMatrix weight) {
    matrices.add(new Sortable(weight, TensorName.sortKey(weight.matrix().tensor().name())));
  }
}
