package org.scaleinv.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.model.ArchitectureTable.ConfigKeys;
import org.scaleinv.tensor.Tensor;

/**
 * A model's sizes; null where they cannot be known.
 *
 * @param width of the residual stream
 * @param depth as config.json says
 * @param heads of the queries
 * @param keyValueHeads of keys and values, {@code heads / keyValueHeads} queries sharing one
 * @param headWidth of one head
 */
record Sizes(Integer width, Integer depth, Integer heads, Integer keyValueHeads, Integer headWidth) {
  static final Sizes UNKNOWN = new Sizes(null, null, null, null, null);

  /**
   * From config.json; without one the width is the token embedding's, and the heads are unknown, since no shape tells
   * them.
   *
   * @throws BadInput {@code config-mismatch} when heads do not divide what they must divide
   */
  static Sizes of(FittedTable fitted, Optional<ModelConfig> config, Map<String, Tensor> measurable) {
    if (config.isEmpty()) {
      return new Sizes(embeddingWidth(fitted, measurable), null, null, null, null);
    }
    ConfigKeys keys = fitted.table().config();
    Integer width = config.get().positive(keys.width()).orElseGet(() -> embeddingWidth(fitted, measurable));
    Integer depth = config.get().positive(keys.depth()).orElse(null);
    Integer heads = config.get().positive(keys.heads()).orElse(null);
    Integer keyValueHeads = config.get().positive(keys.keyValueHeads()).orElse(heads);
    Integer headWidth = config.get().positive(keys.headWidth()).orElse(null);
    if (heads != null && headWidth == null && width != null) {
      headWidth = quotient(config.get(), width, keys.width(), heads, keys.heads());
    }
    if (heads != null) {
      quotient(config.get(), heads, keys.heads(), keyValueHeads, keys.keyValueHeads());
    }
    return new Sizes(width, depth, heads, keyValueHeads, headWidth);
  }

  boolean headsKnown() {
    return heads != null && headWidth != null;
  }

  long queryWidth() {
    return (long) heads * headWidth;
  }

  long keyValueWidth() {
    return (long) keyValueHeads * headWidth;
  }

  private static int quotient(
      ModelConfig config, int dividend, List<String> dividendKeys, int divisor, List<String> divisorKeys) {
    if (dividend % divisor != 0) {
      throw new BadInput(
          "config-mismatch",
          Escape.visible(config.path().toString()) + ": key " + Escape.quoted(divisorKeys.getFirst())
              + ": expected a divisor of " + dividend + " (" + dividendKeys.getFirst() + "), found " + divisor);
    }
    return dividend / divisor;
  }

  private static Integer embeddingWidth(FittedTable fitted, Map<String, Tensor> measurable) {
    for (Tensor tensor : measurable.values()) {
      boolean embedding =
          fitted.place(tensor.name()).filter(p -> p.rule().roles().contains(Roles.TOKEN_EMBEDDING)).isPresent();
      if (embedding && tensor.shape().rank() == 2 && tensor.shape().extent(1) <= Integer.MAX_VALUE) {
        return (int) tensor.shape().extent(1);
      }
    }
    return null;
  }
}
