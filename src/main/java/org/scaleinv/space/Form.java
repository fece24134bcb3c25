package org.scaleinv.space;

import org.scaleinv.engine.Packing;

/** What was found in an input. */
public enum Form {
  POINTS(null),
  LOWER(Packing.LOWER),
  UPPER(Packing.UPPER),
  SQUARE(Packing.SQUARE),
  GRAPH(null);

  private final Packing packing;

  Form(Packing packing) {
    this.packing = packing;
  }

  /** Of a distance matrix; null for points and graphs. */
  Packing packing() {
    return packing;
  }
}
