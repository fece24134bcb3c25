package org.scaleinv.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Triangulated surfaces, and the graphs whose cliques are the simplices of their barycentric subdivisions. */
final class Triangulations {
  /** Triangles by their corners. */
  record Surface(List<List<Integer>> triangles) {
    /** Chains of corners, edges and triangles, one inside the other, are cliques of lengths 1; other pairs are never joined. */
    DistanceMatrix distances() {
      Map<List<Integer>, Integer> faces = new LinkedHashMap<>();
      for (List<Integer> triangle : triangles) {
        for (int mask = 1; mask < 8; mask++) {
          List<Integer> face = new ArrayList<>();
          for (int corner = 0; corner < 3; corner++) {
            if ((mask >> corner & 1) == 1) {
              face.add(triangle.get(corner));
            }
          }
          face.sort(Comparator.naturalOrder());
          faces.putIfAbsent(face, faces.size());
        }
      }
      List<List<Integer>> all = List.copyOf(faces.keySet());
      return DistanceMatrix.of(
          all.size(),
          (i, j) -> all.get(i).containsAll(all.get(j)) || all.get(j).containsAll(all.get(i))
              ? 1
              : Float.POSITIVE_INFINITY);
    }
  }

  private Triangulations() {}

  /** Six corners, each edge of the complete graph once: half an icosahedron. */
  static Surface projectivePlane() {
    int[][] triangles = {
      {0, 1, 2}, {0, 2, 3}, {0, 3, 4}, {0, 4, 5}, {0, 5, 1}, {1, 2, 4}, {2, 3, 5}, {3, 4, 1}, {4, 5, 2}, {5, 1, 3}
    };
    List<List<Integer>> all = new ArrayList<>();
    for (int[] triangle : triangles) {
      all.add(List.of(triangle[0], triangle[1], triangle[2]));
    }
    return new Surface(all);
  }

  static Surface torus(int side) {
    return grid(side, false);
  }

  static Surface kleinBottle(int side) {
    return grid(side, true);
  }

  /** Squares cut in two, side by side; the last column is glued to the first, upside down or not. */
  private static Surface grid(int side, boolean reversed) {
    List<List<Integer>> all = new ArrayList<>();
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        int corner = place(x, y, side, reversed);
        int opposite = place(x + 1, y + 1, side, reversed);
        all.add(List.of(corner, place(x + 1, y, side, reversed), opposite));
        all.add(List.of(corner, place(x, y + 1, side, reversed), opposite));
      }
    }
    return new Surface(all);
  }

  private static int place(int x, int y, int side, boolean reversed) {
    int row = x == side && reversed ? side - y : y;
    return x % side * side + Math.floorMod(row, side);
  }
}
