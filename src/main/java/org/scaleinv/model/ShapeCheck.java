package org.scaleinv.model;

import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.Tensor;

/**
 * Holds the shapes of projections against the model's sizes: where they disagree, heads would be cut at the wrong
 * places, so the model is refused rather than measured.
 */
final class ShapeCheck {
  private final Sizes sizes;

  ShapeCheck(Sizes sizes) {
    this.sizes = sizes;
  }

  /**
   * @throws BadInput {@code config-mismatch}
   */
  void check(Projection projection) {
    String role = projection.weight().role();
    if (role.equals("embedding.patch")) {
      return;
    }
    if (role.startsWith("embedding.")) {
      expectWidth(projection, "columns", projection.weight().matrix().columns());
      return;
    }
    switch (role) {
      case "attention.q" -> {
        expectWidth(projection, "inputs", projection.inputs());
        expectHeads(projection, "outputs", projection.outputs(), true);
      }
      case "attention.k", "attention.v" -> {
        expectWidth(projection, "inputs", projection.inputs());
        expectHeads(projection, "outputs", projection.outputs(), false);
      }
      case "attention.o" -> {
        expectWidth(projection, "outputs", projection.outputs());
        expectHeads(projection, "inputs", projection.inputs(), true);
      }
      case "mlp.out" -> expectWidth(projection, "outputs", projection.outputs());
      default -> expectWidth(projection, "inputs", projection.inputs());
    }
  }

  private void expectWidth(Projection projection, String side, long found) {
    if (sizes.width() != null && found != sizes.width()) {
      throw mismatch(projection.weight(), sizes.width() + " " + side + " (the model's width)", found);
    }
  }

  private void expectHeads(Projection projection, String side, long found, boolean query) {
    if (!sizes.headsKnown()) {
      return;
    }
    int heads = query ? sizes.heads() : sizes.keyValueHeads();
    long expected = query ? sizes.queryWidth() : sizes.keyValueWidth();
    if (found != expected) {
      throw mismatch(
          projection.weight(),
          expected + " " + side + " (" + heads + " heads of width " + sizes.headWidth() + ")",
          found);
    }
  }

  private static BadInput mismatch(WeightMatrix weight, String expected, long found) {
    Tensor tensor = weight.matrix().tensor();
    return new BadInput(
        "config-mismatch",
        Escape.visible(tensor.origin()) + ": tensor " + Escape.quoted(tensor.name()) + " of shape " + tensor.shape()
            + ", " + weight.role() + ": expected " + expected + ", found " + found);
  }
}
