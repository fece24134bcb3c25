package org.scaleinv.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every simplex of a Vietoris–Rips filtration, listed one by one: faces before cofaces, ascending by diameter. For a
 * dozen points, or for few dimensions of few more.
 */
final class CliqueComplex {
  /** @param vertices ascending */
  record Simplex(List<Integer> vertices, float diameter) {
    int dimension() {
      return vertices.size() - 1;
    }

    /** Its face without the vertex in that place. */
    List<Integer> face(int place) {
      var face = new ArrayList<>(vertices);
      face.remove(place);
      return face;
    }
  }

  final List<Simplex> simplices = new ArrayList<>();
  final Map<List<Integer>, Integer> places = new HashMap<>();

  /** Simplices up to a dimension with edges of finite lengths up to a threshold. */
  CliqueComplex(DistanceMatrix distances, int dimension, float threshold) {
    for (int v = 0; v < distances.points(); v++) {
      extend(new Simplex(List.of(v), 0), distances, dimension, threshold);
    }
    simplices.sort(Comparator.comparingDouble(Simplex::diameter).thenComparingInt(Simplex::dimension));
    for (int place = 0; place < simplices.size(); place++) {
      places.put(simplices.get(place).vertices(), place);
    }
  }

  private void extend(Simplex simplex, DistanceMatrix distances, int dimension, float threshold) {
    simplices.add(simplex);
    if (simplex.dimension() == dimension) {
      return;
    }
    for (int v = simplex.vertices().getLast() + 1; v < distances.points(); v++) {
      float diameter = simplex.diameter();
      for (int u : simplex.vertices()) {
        diameter = Math.max(diameter, distances.at(u, v));
      }
      if (diameter <= threshold && Float.isFinite(diameter)) {
        var vertices = new ArrayList<>(simplex.vertices());
        vertices.add(v);
        extend(new Simplex(List.copyOf(vertices), diameter), distances, dimension, threshold);
      }
    }
  }

  /** Simplices of a dimension with a diameter up to {@code scale}. */
  List<Simplex> within(int dimension, float scale) {
    return simplices.stream().filter(s -> s.dimension() == dimension && s.diameter() <= scale).toList();
  }

  /** The boundary of simplices of a dimension ≥ 1, a row each, over those of one less, modulo a prime. */
  int[][] boundary(int dimension, float scale, int prime) {
    List<Simplex> faces = within(dimension - 1, scale);
    var columns = new HashMap<List<Integer>, Integer>();
    for (Simplex face : faces) {
      columns.put(face.vertices(), columns.size());
    }
    List<Simplex> rows = within(dimension, scale);
    int[][] matrix = new int[rows.size()][faces.size()];
    for (int row = 0; row < matrix.length; row++) {
      for (int place = 0; place <= dimension; place++) {
        matrix[row][columns.get(rows.get(row).face(place))] = place % 2 == 0 ? 1 : prime - 1;
      }
    }
    return matrix;
  }

  /** The Betti number of the simplices up to {@code scale}: cycles less boundaries, by the ranks of two matrices. */
  int betti(int dimension, float scale, int prime) {
    int simplices = within(dimension, scale).size();
    int boundaries = rank(boundary(dimension + 1, scale, prime), prime);
    return simplices - (dimension == 0 ? 0 : rank(boundary(dimension, scale, prime), prime)) - boundaries;
  }

  /** By Gaussian elimination modulo a prime, of a matrix that is lost. */
  static int rank(int[][] matrix, int prime) {
    int rank = 0;
    int columns = matrix.length == 0 ? 0 : matrix[0].length;
    for (int column = 0; column < columns && rank < matrix.length; column++) {
      int pivot = rank;
      while (pivot < matrix.length && matrix[pivot][column] == 0) {
        pivot++;
      }
      if (pivot == matrix.length) {
        continue;
      }
      int[] row = matrix[pivot];
      matrix[pivot] = matrix[rank];
      matrix[rank++] = row;
      int inverse = ReferencePersistence.inverse(row[column], prime);
      for (int other = rank; other < matrix.length; other++) {
        if (matrix[other][column] != 0) {
          long factor = (long) (prime - matrix[other][column]) * inverse % prime;
          int[] changed = matrix[other];
          Arrays.setAll(changed, c -> (int) ((changed[c] + factor * row[c]) % prime));
        }
      }
    }
    return rank;
  }
}
