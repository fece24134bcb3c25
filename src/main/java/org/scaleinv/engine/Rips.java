package org.scaleinv.engine;

import java.util.Set;

/**
 * What is asked of a Vietoris–Rips filtration.
 *
 * @param dimension the highest dimension of homology, from 0
 * @param modulus of the coefficients, a prime up to 32749
 * @param threshold the longest edge; NaN for none given: the enclosing radius of dense distances, all pairs of a graph
 * @param collapse whether edges are collapsed first
 * @param representatives whether simplices and cocycles are wanted, which a collapse would lose
 * @param without speed-ups that are switched off, for tests
 * @param memoryLimit bytes for all of it, the input included; 0 for none
 */
public record Rips(
    int dimension,
    int modulus,
    float threshold,
    Collapse collapse,
    boolean representatives,
    Set<Speedup> without,
    long memoryLimit) {

  /** Whether edges are collapsed before anything is reduced; never changes a diagram. */
  public enum Collapse {
    /** Where it is expected to pay. */
    AUTO,
    ALWAYS,
    NEVER
  }

  /** Ways of saving work. */
  public enum Speedup {
    CLEARING,
    APPARENT_PAIRS,
    EMERGENT_PAIRS,
    ENCLOSING_RADIUS,
    LAZY_COBOUNDARIES
  }

  /** Diagrams over the integers modulo 2, up to the enclosing radius, in the fastest way. */
  public static Rips upTo(int dimension) {
    return new Rips(dimension, 2, Float.NaN, Collapse.AUTO, false, Set.of(), 0);
  }

  public Rips modulo(int prime) {
    return new Rips(dimension, prime, threshold, collapse, representatives, without, memoryLimit);
  }

  public Rips within(float longest) {
    return new Rips(dimension, modulus, longest, collapse, representatives, without, memoryLimit);
  }

  public Rips collapsing(Collapse when) {
    return new Rips(dimension, modulus, threshold, when, representatives, without, memoryLimit);
  }

  public Rips withRepresentatives() {
    return new Rips(dimension, modulus, threshold, collapse, true, without, memoryLimit);
  }

  public Rips without(Set<Speedup> off) {
    return new Rips(dimension, modulus, threshold, collapse, representatives, Set.copyOf(off), memoryLimit);
  }

  public Rips inMemory(long bytes) {
    return new Rips(dimension, modulus, threshold, collapse, representatives, without, bytes);
  }
}
