package org.scaleinv.statistics.dimension;

/** How large a dimension a number of points can show. */
public final class Saturation {
  private Saturation() {}

  /**
   * 2·log₁₀ n: pairs at a tenth of the cloud's size or less are needed to fit their growth, and n points have them in no
   * more dimensions (Eckmann and Ruelle, Physica D 56, 1992).
   */
  public static double limit(int points) {
    return 2 * Math.log10(points);
  }
}
