package org.scaleinv.engine;

/** How a distance matrix is given: a strict triangle, row by row and without gaps, or all of it. */
public enum Packing {
  LOWER,
  UPPER,
  SQUARE;

  /** How many points a strict triangle of so many entries has; −1 where no triangle has as many. */
  public static long pointsOfTriangle(long entries) {
    long points = Math.round((1 + Math.sqrt(1 + 8.0 * entries)) / 2);
    return points * (points - 1) / 2 == entries ? points : -1;
  }
}
