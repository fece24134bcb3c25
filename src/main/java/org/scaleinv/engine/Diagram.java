package org.scaleinv.engine;

/**
 * The persistence diagram of one dimension: pairs ascending by birth, then by death. Zero persistence is not listed.
 *
 * @param births (pairs)
 * @param deaths (pairs), infinite for an essential class
 * @param representatives null unless they were asked for
 */
public record Diagram(int dimension, float[] births, float[] deaths, Representatives representatives) {
  public int size() {
    return births.length;
  }

  /**
   * What begins, ends and carries each class, in the order of the diagram. Vertices ascend within a simplex.
   *
   * @param birthSimplices (pairs, dimension + 1)
   * @param deathSimplices (pairs, dimension + 2), −1 where a class does not end
   * @param offsets (pairs + 1) of each class's cocycle in the next two
   * @param simplices (entries, dimension + 1)
   * @param coefficients (entries), 1 … modulus − 1
   */
  public record Representatives(
      int[] birthSimplices, int[] deathSimplices, long[] offsets, int[] simplices, int[] coefficients) {}
}
