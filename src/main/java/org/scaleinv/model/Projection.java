package org.scaleinv.model;

import org.scaleinv.model.ArchitectureTable.Orientation;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.tensor.Matrix;

/** A weight matrix of known role, with the way it is stored. */
record Projection(WeightMatrix weight, Orientation orientation) {

  long inputs() {
    return orientation == Orientation.IN_OUT ? weight.matrix().rows() : weight.matrix().columns();
  }

  long outputs() {
    return orientation == Orientation.IN_OUT ? weight.matrix().columns() : weight.matrix().rows();
  }

  /** Outputs {@code from} to {@code from + count}, as a factor (inputs, count). */
  Factor outputs(long from, long count) {
    Matrix matrix = weight.matrix();
    return orientation == Orientation.IN_OUT
        ? new Factor(matrix.columns(from, count), false)
        : new Factor(matrix.rows(from, count), true);
  }

  /** Inputs {@code from} to {@code from + count}, as a factor (outputs, count). */
  Factor inputs(long from, long count) {
    Matrix matrix = weight.matrix();
    return orientation == Orientation.IN_OUT
        ? new Factor(matrix.rows(from, count), true)
        : new Factor(matrix.columns(from, count), false);
  }
}
