package org.scaleinv.engine;

/**
 * Distances that were computed elsewhere, completed and checked.
 *
 * @param distances (n, n) F32; whoever received it closes it
 * @param least distance of two points, +∞ where there are no two
 * @param greatest distance of two points, −∞ where there are no two
 * @param greatestFinite of them that is finite, −∞ where none is
 * @param fault the first entry that no distance matrix holds; null in a sound one, else the other numbers mean nothing
 */
public record CheckedDistances(
    Buffer distances, float least, float greatest, float greatestFinite, Fault fault) implements AutoCloseable {

  /**
   * An entry that is NaN or negative, that differs from its mirror image or is not 0 on the diagonal.
   *
   * @param entry at (row, column)
   * @param mirrored at (column, row)
   */
  public record Fault(long row, long column, float entry, float mirrored) {}

  @Override
  public void close() {
    distances.close();
  }
}
