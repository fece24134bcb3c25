package org.scaleinv.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The critical simplices of native/include/scaleinv_homology.h word by word, from all simplices that there are. */
public final class PlainCriticalSimplices {
  private final int points;
  private final int[][] ranks;

  /** @param distances (points, points); edges are those within the threshold, in the order of length, then of index */
  public PlainCriticalSimplices(float[] distances, int points, float threshold) {
    this.points = points;
    ranks = new int[points][points];
    List<int[]> edges = new ArrayList<>();
    for (int j = 0; j < points; j++) {
      for (int i = 0; i < j; i++) {
        float length = distances[j * points + i];
        ranks[i][j] = ranks[j][i] = Integer.MAX_VALUE;
        if (length <= threshold && length < Float.POSITIVE_INFINITY) {
          edges.add(new int[] {i, j});
        }
      }
    }
    // stable: equal lengths stay in the order of j(j − 1)/2 + i
    edges.sort(
        (a, b) -> {
          float x = distances[a[1] * points + a[0]];
          float y = distances[b[1] * points + b[0]];
          return x < y ? -1 : x > y ? 1 : 0;
        });
    for (int rank = 0; rank < edges.size(); rank++) {
      int[] edge = edges.get(rank);
      ranks[edge[0]][edge[1]] = ranks[edge[1]][edge[0]] = rank;
    }
  }

  /** Sets of dimension + 1 vertices each, dimension ≥ 1. */
  public Set<List<Integer>> of(int dimension) {
    Set<List<Integer>> found = new TreeSet<>(PlainCriticalSimplices::compare);
    collect(new ArrayList<>(), dimension + 1, found);
    return found;
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) - b.get(i);
      }
    }
    return 0;
  }

  private void collect(List<Integer> simplex, int size, Set<List<Integer>> found) {
    if (simplex.size() == size) {
      if (isCritical(simplex)) {
        found.add(List.copyOf(simplex));
      }
      return;
    }
    for (int v = simplex.isEmpty() ? 0 : simplex.getLast() + 1; v < points; v++) {
      int next = v;
      if (simplex.stream().allMatch(u -> ranks[u][next] != Integer.MAX_VALUE)) {
        simplex.add(v);
        collect(simplex, size, found);
        simplex.removeLast();
      }
    }
  }

  private boolean isCritical(List<Integer> simplex) {
    int rank = -1;
    int[] edge = new int[2];
    for (int u : simplex) {
      for (int v : simplex) {
        if (u < v && ranks[u][v] > rank) {
          rank = ranks[u][v];
          edge = new int[] {u, v};
        }
      }
    }
    BitSet others = new BitSet();
    simplex.forEach(others::set);
    others.clear(edge[0]);
    others.clear(edge[1]);
    if (partner(edge, rank, others) >= 0) {
      return false;
    }
    int last = others.length() - 1;
    if (last < 0) {
      return true;
    }
    others.clear(last);
    return partner(edge, rank, others) != last;
  }

  /** The largest vertex above all others that is joined to each vertex by an edge before that one; −1 for none. */
  private int partner(int[] edge, int rank, BitSet others) {
    for (int v = points - 1; v >= others.length(); v--) {
      int partner = v;
      boolean before = v != edge[0] && v != edge[1] && ranks[edge[0]][v] < rank && ranks[edge[1]][v] < rank;
      if (before && others.stream().allMatch(u -> ranks[u][partner] < rank)) {
        return v;
      }
    }
    return -1;
  }
}
