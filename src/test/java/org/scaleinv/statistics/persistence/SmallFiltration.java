package org.scaleinv.statistics.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All simplices of a few points, and their homology over Z/2 by reducing the whole boundary matrix. */
final class SmallFiltration {
  private final double[][] distances;
  private final int[] simplices;

  SmallFiltration(double[][] distances) {
    this.distances = distances;
    simplices = IntStream.range(1, 1 << distances.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(this::length).thenComparing(Integer::bitCount)
            .thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The longest edge of a set of vertices. */
  private double length(int simplex) {
    double longest = 0;
    for (int i = 0; i < distances.length; i++) {
      for (int j = 0; j < i; j++) {
        if ((simplex >> i & 1) == 1 && (simplex >> j & 1) == 1) {
          longest = Math.max(longest, distances[i][j]);
        }
      }
    }
    return longest;
  }

  /** Σ (−1)^dimension over the simplices up to t. */
  int eulerCharacteristic(double t) {
    return Arrays.stream(simplices).filter(s -> length(s) <= t).map(s -> Integer.bitCount(s) % 2 == 1 ? 1 : -1).sum();
  }

  /** The barcodes of all dimensions, bars of no length among them. */
  List<Barcode> barcodes() {
    Map<Integer, Integer> place = new HashMap<>();
    Map<Integer, BitSet> byPivot = new HashMap<>();
    Map<Integer, Integer> deathOf = new HashMap<>();
    boolean[] negative = new boolean[simplices.length];
    for (int column = 0; column < simplices.length; column++) {
      place.put(simplices[column], column);
      BitSet boundary = boundary(simplices[column], place);
      while (!boundary.isEmpty() && byPivot.containsKey(boundary.length() - 1)) {
        boundary.xor(byPivot.get(boundary.length() - 1));
      }
      if (!boundary.isEmpty()) {
        byPivot.put(boundary.length() - 1, boundary);
        deathOf.put(boundary.length() - 1, column);
        negative[column] = true;
      }
    }
    List<Barcode> barcodes = new ArrayList<>();
    for (int k = 0; k < distances.length; k++) {
      int dimension = k;
      int[] births = IntStream.range(0, simplices.length)
          .filter(i -> !negative[i] && Integer.bitCount(simplices[i]) == dimension + 1)
          .toArray();
      barcodes.add(
          new Barcode(
              Arrays.stream(births).mapToDouble(i -> length(simplices[i])).toArray(),
              Arrays.stream(births)
                  .mapToDouble(
                      i -> deathOf.containsKey(i) ? length(simplices[deathOf.get(i)]) : Double.POSITIVE_INFINITY)
                  .toArray()));
    }
    return barcodes;
  }

  private static BitSet boundary(int simplex, Map<Integer, Integer> place) {
    BitSet faces = new BitSet();
    for (int rest = simplex; rest != 0 && Integer.bitCount(simplex) > 1; rest &= rest - 1) {
      faces.set(place.get(simplex ^ Integer.lowestOneBit(rest)));
    }
    return faces;
  }
}
