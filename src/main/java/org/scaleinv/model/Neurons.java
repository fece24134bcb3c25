package org.scaleinv.model;

import java.util.List;
import java.util.Map;
import org.scaleinv.model.ArchitectureTable.Orientation;

/**
 * The hidden units of a feed-forward layer by one of their projections: a unit is its weights from ("mlp.in",
 * "mlp.gate") or to ("mlp.out") the residual stream.
 *
 * @param inColumns whether a unit is a column of the matrix, else a row
 */
public record Neurons(WeightMatrix weight, boolean inColumns) {
  /** Roles, and whether the units are the projection's outputs. */
  private static final Map<String, Boolean> UNITS_ARE_OUTPUTS =
      Map.of("mlp.in", true, "mlp.gate", true, "mlp.out", false);

  public long count() {
    return inColumns ? weight.matrix().columns() : weight.matrix().rows();
  }

  public long coordinates() {
    return inColumns ? weight.matrix().rows() : weight.matrix().columns();
  }

  static List<Neurons> of(List<Projection> projections) {
    return projections.stream()
        .filter(p -> p.weight().layer() != null && UNITS_ARE_OUTPUTS.containsKey(p.weight().role()))
        .map(p -> new Neurons(p.weight(), inColumns(p)))
        .toList();
  }

  private static boolean inColumns(Projection projection) {
    boolean outputsInColumns = projection.orientation() == Orientation.IN_OUT;
    return UNITS_ARE_OUTPUTS.get(projection.weight().role()) == outputsInColumns;
  }
}
