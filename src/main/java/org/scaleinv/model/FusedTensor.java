package org.scaleinv.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.model.ArchitectureTable.Orientation;
import org.scaleinv.model.FittedTable.Place;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Tensor;

/** Splits a tensor that holds several projections side by side along its output axis. */
final class FusedTensor {
  private FusedTensor() {}

  /** Whether the sizes that the split needs are known. */
  static boolean canSplit(Place place, Sizes sizes) {
    return switch (place.rule().split()) {
      case EQUAL -> true;
      case BY_HEADS, INTERLEAVED -> sizes.headsKnown();
    };
  }

  /**
   * The parts, in the order of the rule's roles.
   *
   * @throws BadInput {@code config-mismatch} when the output axis is not the sum of the parts
   */
  static List<Matrix> split(Tensor tensor, Place place, Sizes sizes) {
    Matrix whole = Matrix.of(tensor);
    boolean outputsAreColumns = place.orientation() == Orientation.IN_OUT;
    long outputs = outputsAreColumns ? whole.columns() : whole.rows();
    int parts = place.rule().roles().size();
    List<Long> widths =
        switch (place.rule().split()) {
          case EQUAL -> Collections.nCopies(parts, outputs / parts);
          case INTERLEAVED -> Collections.nCopies(parts, sizes.queryWidth());
          case BY_HEADS -> Arrays.asList(sizes.queryWidth(), sizes.keyValueWidth(), sizes.keyValueWidth());
        };
    long total = widths.stream().mapToLong(Long::longValue).sum();
    if (total != outputs) {
      throw new BadInput(
          "config-mismatch",
          Escape.visible(tensor.origin()) + ": tensor " + Escape.quoted(tensor.name()) + " of shape " + tensor.shape()
              + ": expected " + total + " outputs for " + String.join(", ", place.rule().roles()) + ", found "
              + outputs);
    }
    List<Matrix> split = new ArrayList<>();
    long from = 0;
    for (int part = 0; part < parts; part++) {
      long width = widths.get(part);
      split.add(
          switch (place.rule().split()) {
            case INTERLEAVED -> interleaved(whole, part, parts, sizes);
            case EQUAL, BY_HEADS -> outputsAreColumns ? whole.columns(from, width) : whole.rows(from, width);
          });
      from += width;
    }
    return split;
  }

  /** Rows (heads, parts, headWidth): the part's rows come in blocks of one head. */
  private static Matrix interleaved(Matrix whole, int part, int parts, Sizes sizes) {
    long block = sizes.headWidth() * whole.columns();
    return new Matrix(
        whole.tensor(), part * block, sizes.queryWidth(), whole.columns(), whole.columns(), sizes.headWidth(),
        parts * block);
  }
}
