package org.scaleinv.invariant;

/** What a model's value is read against. */
public enum NullModel {
  /** Independent Gaussian entries: depends on the shape alone. Products: Gaussian factors of the same shapes. */
  GAUSSIAN,
  /** The model's own entries in random order: keeps their distribution. Products: each factor's entries. */
  PERMUTED,
  NONE
}
