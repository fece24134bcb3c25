package org.scaleinv.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Persistent homology by its definition: the boundary matrix of all simplices over the integers modulo a prime, reduced
 * column by column (Edelsbrunner, Letscher, Zomorodian 2002; Zomorodian, Carlsson 2005), without one of the engine's ideas.
 */
final class ReferencePersistence {
  /** @param death infinite for a class that never ends */
  record Pair(float birth, float death) {
    static final Comparator<Pair> ORDER = Comparator.comparingDouble(Pair::birth).thenComparingDouble(Pair::death);
  }

  private ReferencePersistence() {}

  /** Pairs of positive persistence in dimensions 0 … dimension, each ascending by birth, then death. */
  static List<List<Pair>> diagrams(DistanceMatrix distances, int dimension, int prime, float threshold) {
    var complex = new CliqueComplex(distances, dimension + 1, threshold);
    var simplices = complex.simplices;
    List<List<Pair>> diagrams = new ArrayList<>();
    for (int k = 0; k <= dimension; k++) {
      diagrams.add(new ArrayList<>());
    }
    Map<Integer, NavigableMap<Integer, Integer>> reduced = new TreeMap<>();
    boolean[] paired = new boolean[simplices.size()];
    for (int place = 0; place < simplices.size(); place++) {
      var simplex = simplices.get(place);
      NavigableMap<Integer, Integer> column = new TreeMap<>();
      for (int vertex = 0; simplex.dimension() > 0 && vertex <= simplex.dimension(); vertex++) {
        column.put(complex.places.get(simplex.face(vertex)), vertex % 2 == 0 ? 1 : prime - 1);
      }
      reduce(column, reduced, prime);
      if (!column.isEmpty()) {
        int born = column.lastKey();
        reduced.put(born, column);
        paired[born] = true;
        paired[place] = true;
        float birth = simplices.get(born).diameter();
        if (birth < simplex.diameter()) {
          diagrams.get(simplex.dimension() - 1).add(new Pair(birth, simplex.diameter()));
        }
      }
    }
    for (int place = 0; place < paired.length; place++) {
      var simplex = simplices.get(place);
      if (!paired[place] && simplex.dimension() <= dimension) {
        diagrams.get(simplex.dimension()).add(new Pair(simplex.diameter(), Float.POSITIVE_INFINITY));
      }
    }
    diagrams.forEach(diagram -> diagram.sort(Pair.ORDER));
    return diagrams;
  }

  /** Adds multiples of the columns that end in the same place, until none does. */
  private static void reduce(
      NavigableMap<Integer, Integer> column, Map<Integer, NavigableMap<Integer, Integer>> reduced, int prime) {
    while (!column.isEmpty() && reduced.containsKey(column.lastKey())) {
      var other = reduced.get(column.lastKey());
      int factor =
          (int) ((long) (prime - column.lastEntry().getValue()) * inverse(other.lastEntry().getValue(), prime) % prime);
      other.forEach(
          (place, coefficient) -> column.merge(
              place,
              (int) ((long) factor * coefficient % prime),
              (a, b) -> (a + b) % prime == 0 ? null : (a + b) % prime));
    }
  }

  static int inverse(int value, int prime) {
    return BigInteger.valueOf(value).modInverse(BigInteger.valueOf(prime)).intValue();
  }
}
