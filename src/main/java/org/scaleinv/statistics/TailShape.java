package org.scaleinv.statistics;

/** What a tail is called. */
public enum TailShape {
  POWER_LAW,
  EXPONENTIAL,
  LOG_NORMAL,
  /** A power law with exponential cut-off. */
  TRUNCATED,
  /** No alternative is better, and a bend is not excluded: more values would decide. */
  UNDECIDED
}
