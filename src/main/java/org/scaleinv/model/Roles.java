package org.scaleinv.model;

import java.util.List;
import java.util.Set;

/** The roles whose names mean something outside the architecture tables. */
final class Roles {
  static final String TOKEN_EMBEDDING = "embedding.token";
  static final String OUTPUT = "output";
  static final String UNKNOWN = "matrix";

  /** Left out of the parameters without embeddings. */
  static final Set<String> EMBEDDINGS = Set.of(TOKEN_EMBEDDING, "embedding.position", "embedding.type", OUTPUT);

  private static final List<String> ORDER =
      List.of(
          TOKEN_EMBEDDING, "embedding.position", "embedding.type", "embedding.patch", "embedding.class",
          "embedding.mask", "attention.q", "attention.k", "attention.v", "attention.o", "mlp.router", "mlp.gate",
          "mlp.in", "mlp.out", "pooler", "output.transform", OUTPUT, "classifier", UNKNOWN);

  private Roles() {}

  static boolean isKnown(String role) {
    return ORDER.contains(role);
  }

  /** Place of a role in the order in which a model computes. */
  static int rank(String role) {
    int index = ORDER.indexOf(role);
    return index < 0 ? ORDER.size() : index;
  }

  /** Embeddings come before the layers, what belongs to no layer otherwise after them. */
  static int layerRank(String role, Integer layer) {
    if (layer != null) {
      return layer;
    }
    return role.startsWith("embedding.") ? -1 : Integer.MAX_VALUE;
  }
}
