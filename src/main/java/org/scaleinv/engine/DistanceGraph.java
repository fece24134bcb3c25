package org.scaleinv.engine;

/**
 * The pairs of points that lie no farther apart than a threshold, each once: of point i, its partners j &gt; i ascending
 * at {@code offsets[i]} … {@code offsets[i + 1] − 1} of the other two.
 *
 * @param offsets (points + 1), the last one the number of pairs
 * @param partners (pairs)
 * @param lengths (pairs)
 */
public record DistanceGraph(long[] offsets, int[] partners, float[] lengths) {
  /** What Java arrays hold. */
  public static final long MOST_PAIRS = Integer.MAX_VALUE - 8L;

  public int points() {
    return offsets.length - 1;
  }

  public int pairs() {
    return partners.length;
  }
}
