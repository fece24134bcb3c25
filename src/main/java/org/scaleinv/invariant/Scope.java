package org.scaleinv.invariant;

import java.util.Locale;

/** What a measurement speaks of. */
public enum Scope {
  TENSOR,
  HEAD,
  LAYER,
  ROLE,
  MODEL;

  /** The name in files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
