package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.CliqueComplex.Simplex;
import org.scaleinv.engine.Diagram.Representatives;
import org.scaleinv.engine.Rips.Collapse;

/** Simplices that begin and end a class, and the cocycles that carry it. */
public abstract class PersistenceRepresentatives extends PersistenceContract {
  /** A cocycle by the simplices on which it is not 0. */
  private record Cocycle(float birth, float death, Map<List<Integer>, Integer> values) {
    boolean lives(float scale) {
      return birth <= scale && scale < death;
    }
  }

  private static List<DistanceMatrix> inputs() {
    return List.of(
        DistanceMatrix.gaussian(10, 2, SEED),
        DistanceMatrix.gaussian(12, 4, SEED),
        DistanceMatrix.whole(10, 1, 4, SEED),
        DistanceMatrix.whole(9, 0, 2, SEED),
        DistanceMatrix.gaussian(12, 2, SEED).severed(0.3, SEED),
        DistanceMatrix.cycle(11),
        Triangulations.projectivePlane().distances());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void theyAreWhatTheyAreSaidToBe(int prime) {
    for (DistanceMatrix distances : inputs()) {
      Rips rips = Rips.upTo(2).modulo(prime);
      PersistentHomology plain = dense(distances, rips);
      for (int threads = 1; threads <= 2; threads++) {
        assertRepresentatives(distances, plain, dense(distances, rips.withRepresentatives(), threads), prime);
        assertRepresentatives(distances, plain, sparse(distances, rips.withRepresentatives(), threads), prime);
      }
      assertRepresentatives(
          distances, plain, dense(distances, rips.withRepresentatives().collapsing(Collapse.NEVER)), prime);
    }
  }

  @Test
  void nothingIsCarriedUnlessAskedFor() {
    for (Diagram diagram : dense(DistanceMatrix.cycle(7), Rips.upTo(2)).diagrams()) {
      assertNull(diagram.representatives());
    }
  }

  /** The class of a cycle: an edge of every step that has to be crossed once, and a triangle too wide to be filled. */
  @ParameterizedTest
  @ValueSource(ints = {7, 20})
  void aCircleIsCrossedByItsCocycle(int n) {
    DistanceMatrix circle = DistanceMatrix.cycle(n).shuffled(SEED);
    Diagram loop = dense(circle, Rips.upTo(1).withRepresentatives()).diagram(1);
    assertEquals(copies(1, 1, (n + 2) / 3), pairs(loop));
    Cocycle cocycle = cocycles(loop).getFirst();
    int crossed = 0;
    for (List<Integer> edge : cocycle.values().keySet()) {
      crossed += circle.at(edge.get(0), edge.get(1)) == 1 ? 1 : 0;
    }
    assertEquals(1, crossed % 2, "edges of length 1 of " + cocycle);
  }

  private static void assertRepresentatives(
      DistanceMatrix distances, PersistentHomology plain, PersistentHomology found, int prime) {
    assertDiagrams(pairs(plain), found, "with representatives");
    var complex = new CliqueComplex(distances, found.diagrams().size(), Float.POSITIVE_INFINITY);
    for (Diagram diagram : found.diagrams()) {
      assertSimplices(diagram, complex);
      List<Cocycle> cocycles = cocycles(diagram);
      for (Cocycle cocycle : cocycles) {
        assertTrue(
            cocycle.values().values().stream().allMatch(c -> c > 0 && c < prime), cocycle + " modulo " + prime);
        assertCocycle(cocycle, complex, diagram.dimension(), prime);
      }
      for (float scale : diagram.births()) {
        assertIndependent(cocycles.stream().filter(c -> c.lives(scale)).toList(), complex, diagram.dimension(), scale,
            prime);
      }
    }
  }

  private static void assertSimplices(Diagram diagram, CliqueComplex complex) {
    int vertices = diagram.dimension() + 1;
    Representatives carried = diagram.representatives();
    assertEquals(diagram.size() * vertices, carried.birthSimplices().length);
    assertEquals(diagram.size() * (vertices + 1), carried.deathSimplices().length);
    for (int i = 0; i < diagram.size(); i++) {
      List<Integer> birth = slice(carried.birthSimplices(), i, vertices);
      assertEquals(diagram.births()[i], diameter(birth, complex), "diameter of " + birth);
      List<Integer> death = slice(carried.deathSimplices(), i, vertices + 1);
      if (Float.isInfinite(diagram.deaths()[i])) {
        assertTrue(death.stream().allMatch(v -> v == -1), "end of an essential class: " + death);
      } else {
        assertEquals(diagram.deaths()[i], diameter(death, complex), "diameter of " + death);
      }
    }
  }

  private static float diameter(List<Integer> vertices, CliqueComplex complex) {
    assertTrue(complex.places.containsKey(vertices), vertices + " is no simplex");
    return complex.simplices.get(complex.places.get(vertices)).diameter();
  }

  /** Zero on the boundary of every simplex that comes before the class ends. */
  private static void assertCocycle(Cocycle cocycle, CliqueComplex complex, int dimension, int prime) {
    for (List<Integer> simplex : cocycle.values().keySet()) {
      float diameter = diameter(simplex, complex);
      assertTrue(diameter >= cocycle.birth() && diameter < cocycle.death(), simplex + " in " + cocycle);
    }
    for (Simplex coface : complex.within(dimension + 1, Math.nextDown(cocycle.death()))) {
      int sum = 0;
      for (int place = 0; place <= coface.dimension(); place++) {
        int value = cocycle.values().getOrDefault(coface.face(place), 0);
        sum += place % 2 == 0 ? value : prime - value;
      }
      assertEquals(0, sum % prime, cocycle + " on the boundary of " + coface);
    }
  }

  /** No combination of the cocycles that live at a scale is a coboundary there. */
  private static void assertIndependent(
      List<Cocycle> living, CliqueComplex complex, int dimension, float scale, int prime) {
    List<Simplex> simplices = complex.within(dimension, scale);
    List<int[]> rows = new ArrayList<>();
    if (dimension > 0) {
      int[][] boundary = complex.boundary(dimension, scale, prime);
      for (int face = 0; face < boundary[0].length; face++) {
        int[] coboundary = new int[simplices.size()];
        for (int i = 0; i < coboundary.length; i++) {
          coboundary[i] = boundary[i][face];
        }
        rows.add(coboundary);
      }
    }
    int coboundaries = rank(rows, prime);
    for (Cocycle cocycle : living) {
      rows.add(simplices.stream().mapToInt(s -> cocycle.values().getOrDefault(s.vertices(), 0)).toArray());
    }
    assertEquals(coboundaries + living.size(), rank(rows, prime),
        living.size() + " cocycles of dimension " + dimension + " at " + scale);
  }

  private static int rank(List<int[]> rows, int prime) {
    return CliqueComplex.rank(rows.stream().map(int[]::clone).toArray(int[][]::new), prime);
  }

  private static List<Cocycle> cocycles(Diagram diagram) {
    int vertices = diagram.dimension() + 1;
    Representatives carried = diagram.representatives();
    long[] offsets = carried.offsets();
    assertEquals(diagram.size() + 1, offsets.length);
    assertEquals(0, offsets[0]);
    assertEquals(carried.coefficients().length, offsets[diagram.size()]);
    assertEquals(carried.simplices().length, offsets[diagram.size()] * vertices);
    List<Cocycle> all = new ArrayList<>();
    for (int i = 0; i < diagram.size(); i++) {
      var values = new HashMap<List<Integer>, Integer>();
      for (long entry = offsets[i]; entry < offsets[i + 1]; entry++) {
        List<Integer> simplex = slice(carried.simplices(), (int) entry, vertices);
        assertArrayEquals(
            simplex.stream().mapToInt(Integer::intValue).sorted().distinct().toArray(),
            simplex.stream().mapToInt(Integer::intValue).toArray());
        assertNull(values.put(simplex, carried.coefficients()[(int) entry]), simplex + " twice");
      }
      all.add(new Cocycle(diagram.births()[i], diagram.deaths()[i], values));
    }
    return all;
  }

  private static List<Integer> slice(int[] vertices, int index, int each) {
    return Arrays.stream(vertices, index * each, (index + 1) * each).boxed().toList();
  }
}
