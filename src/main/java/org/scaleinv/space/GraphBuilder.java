package org.scaleinv.space;

import java.util.Arrays;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.error.BadInput;

/**
 * Puts pairs in order: by the lower point, then by the higher one. Of a pair that is listed twice one remains.
 *
 * @param lows the lower point of each pair
 * @param highs the higher one
 */
record GraphBuilder(String name, int[] lows, int[] highs, float[] lengths) {
  DistanceGraph build(int points, int count) {
    long[] offsets = offsets(points, count);
    if (inOrder(count)) {
      return new DistanceGraph(offsets, Arrays.copyOf(highs, count), Arrays.copyOf(lengths, count));
    }
    int[] partners = new int[count];
    float[] sorted = new float[count];
    long[] next = offsets.clone();
    for (int pair = 0; pair < count; pair++) {
      int place = (int) next[lows[pair]]++;
      partners[place] = highs[pair];
      sorted[place] = lengths[pair];
    }
    for (int i = 0; i < points; i++) {
      sort(partners, sorted, (int) offsets[i], (int) offsets[i + 1]);
    }
    return distinct(offsets, partners, sorted);
  }

  /** Counts the pairs of each lower point, and adds them up. */
  private long[] offsets(int points, int count) {
    long[] offsets = new long[points + 1];
    for (int pair = 0; pair < count; pair++) {
      offsets[lows[pair] + 1]++;
    }
    for (int i = 0; i < points; i++) {
      offsets[i + 1] += offsets[i];
    }
    return offsets;
  }

  private boolean inOrder(int count) {
    for (int pair = 1; pair < count; pair++) {
      boolean after = lows[pair] > lows[pair - 1] || lows[pair] == lows[pair - 1] && highs[pair] > highs[pair - 1];
      if (!after) {
        return false;
      }
    }
    return true;
  }

  /** By partner, then by length: floats from 0 stand in the order of their bits. */
  private static void sort(int[] partners, float[] sorted, int from, int to) {
    long[] keys = new long[to - from];
    for (int k = from; k < to; k++) {
      keys[k - from] = (long) partners[k] << 32 | Float.floatToRawIntBits(sorted[k]);
    }
    Arrays.sort(keys);
    for (int k = from; k < to; k++) {
      partners[k] = (int) (keys[k - from] >> 32);
      sorted[k] = Float.intBitsToFloat((int) keys[k - from]);
    }
  }

  private DistanceGraph distinct(long[] offsets, int[] partners, float[] sorted) {
    int kept = 0;
    for (int i = 0; i < offsets.length - 1; i++) {
      int from = (int) offsets[i];
      offsets[i] = kept;
      for (int k = from; k < offsets[i + 1]; k++) {
        boolean again = kept > offsets[i] && partners[kept - 1] == partners[k];
        if (again && sorted[kept - 1] != sorted[k]) {
          throw new BadInput(
              "contradiction", name + ": expected one distance of points " + i + " and " + partners[k] + ", found "
                  + sorted[kept - 1] + " and " + sorted[k]);
        }
        if (!again) {
          partners[kept] = partners[k];
          sorted[kept++] = sorted[k];
        }
      }
    }
    offsets[offsets.length - 1] = kept;
    return new DistanceGraph(offsets, Arrays.copyOf(partners, kept), Arrays.copyOf(sorted, kept));
  }
}
