package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.ReferencePersistence.Pair;

/** Spaces of known homology: exactly where theory gives all of a diagram, else by what lives at a stated scale. */
public abstract class PersistenceSpaces extends PersistenceContract {
  /**
   * Adamaszek and Adams (2017): at r steps the complex of n places on a circle is a sphere of dimension 2l + 1 for l/(2l + 1) &lt;
   * r/n &lt; (l + 1)/(2l + 3), and n/(2l + 1) − 1 spheres of dimension 2l around one point at r/n = l/(2l + 1).
   */
  @ParameterizedTest
  @ValueSource(ints = {9, 12, 15, 16})
  void placesOnACircleHaveSpheresOfEveryDimension(int n) {
    List<List<Pair>> expected = new ArrayList<>();
    for (int k = 0; k <= 7; k++) {
      expected.add(new ArrayList<>());
    }
    expected.get(0).addAll(copies(n - 1, 0, 1));
    expected.get(0).add(new Pair(0, Float.POSITIVE_INFINITY));
    for (int l = 0; l <= 3; l++) {
      int first = l * n / (2 * l + 1) + 1;
      int end = ((l + 1) * n + 2 * l + 2) / (2 * l + 3);
      if (first < end) {
        expected.get(2 * l + 1).add(new Pair(first, end));
      }
      if (l > 0 && n % (2 * l + 1) == 0) {
        expected.get(2 * l).addAll(copies(n / (2 * l + 1) - 1, l * n / (2 * l + 1), l * n / (2 * l + 1) + 1));
      }
    }
    DistanceMatrix circle = DistanceMatrix.cycle(n).shuffled(SEED);
    assertDiagrams(expected, dense(circle, Rips.upTo(7)), "circle of " + n);
    assertDiagrams(expected, sparse(circle, Rips.upTo(7).modulo(3)), "circle of " + n);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 101})
  void aRegularPolygonHasItsLoopUntilATriangleHoldsTheCentre(int n) {
    double[][] corners = new double[n][];
    Arrays.setAll(corners, i -> new double[] {Math.cos(2 * Math.PI * i / n), Math.sin(2 * Math.PI * i / n)});
    List<Pair> loops = pairs(dense(DistanceMatrix.euclidean(corners).shuffled(SEED), Rips.upTo(1)).diagram(1))
        .stream().filter(p -> p.death() > p.birth() * 1.001).toList();
    assertEquals(1, loops.size());
    assertEquals(2 * Math.sin(Math.PI / n), loops.getFirst().birth(), 1e-6);
    assertEquals(2 * Math.sin(Math.PI * ((n + 2) / 3) / n), loops.getFirst().death(), 1e-6);
  }

  /** All but opposite points are joined first: the boundary of a cross-polytope. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void oppositePairsMakeASphere(int pairs) {
    var polytope = DistanceMatrix.of(2 * pairs, (i, j) -> i / 2 == j / 2 ? 2 : 1).shuffled(SEED);
    List<List<Pair>> expected = new ArrayList<>();
    for (int k = 0; k <= pairs; k++) {
      expected.add(new ArrayList<>(k == pairs - 1 ? copies(1, 1, 2) : List.of()));
    }
    expected.get(0).addAll(copies(2 * pairs - 1, 0, 1));
    expected.get(0).add(new Pair(0, Float.POSITIVE_INFINITY));
    expected.get(0).sort(Pair.ORDER);
    for (int prime : new int[] {2, 32749}) {
      assertDiagrams(expected, dense(polytope, Rips.upTo(pairs).modulo(prime)), pairs + " pairs");
      assertDiagrams(expected, sparse(polytope, Rips.upTo(pairs).modulo(prime)), pairs + " pairs");
    }
  }

  /** Of the larger of two distances: the complex of a product is the product of complexes, up to homotopy. */
  @ParameterizedTest
  @ValueSource(ints = {7, 10})
  void theProductOfTwoCirclesIsATorus(int n) {
    DistanceMatrix torus = DistanceMatrix.cycle(n).times(DistanceMatrix.cycle(n)).shuffled(SEED);
    int end = (n + 2) / 3;
    List<List<Pair>> expected = List.of(
        new ArrayList<>(copies(n * n - 1, 0, 1)), copies(2, 1, end), copies(1, 1, end));
    expected.getFirst().add(new Pair(0, Float.POSITIVE_INFINITY));
    assertDiagrams(expected, dense(torus, Rips.upTo(2)), n + " times " + n);
    assertDiagrams(expected, sparse(torus, Rips.upTo(2).modulo(5).within(end)), n + " times " + n);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12})
  void aFlatTorusHasTwoLoopsAndAHollow(int side) {
    DistanceMatrix torus = DistanceMatrix.of(side * side, (i, j) -> {
      double x = wrapped((double) (i / side - j / side) / side);
      double y = wrapped((double) (i % side - j % side) / side);
      return Math.hypot(x, y);
    });
    PersistentHomology found = dense(torus, Rips.upTo(2).within(0.3f));
    assertBetti(found, 0.25, 1, 2, 1);
    assertBetti(sparse(torus, Rips.upTo(2).modulo(3).within(0.3f)), 0.25, 1, 2, 1);
  }

  /** The square of unit side, its upper and lower edges glued upside down, left and right ones as they are. */
  @ParameterizedTest
  @CsvSource({"8, 2, 1, 2, 1", "8, 3, 1, 1, 0", "12, 2, 1, 2, 1", "12, 3, 1, 1, 0"})
  void aFlatKleinBottleIsSeenModulo2(int side, int prime, int components, int loops, int hollows) {
    DistanceMatrix bottle = DistanceMatrix.of(side * side, (i, j) -> {
      double shortest = Double.POSITIVE_INFINITY;
      for (int turns = -1; turns <= 1; turns++) {
        // each turn in y mirrors x
        double x = (double) (i / side) / side - (turns == 0 ? 1 : -1) * (double) (j / side) / side;
        double y = (double) (i % side - j % side) / side + turns;
        shortest = Math.min(shortest, Math.hypot(wrapped(x), y));
      }
      return shortest;
    });
    PersistentHomology found = dense(bottle.shuffled(SEED), Rips.upTo(2).modulo(prime).within(0.3f));
    assertBetti(found, 0.25, components, loops, hollows);
  }

  /** Lines through the centre of a sphere at the angles between them. */
  @ParameterizedTest
  @CsvSource({"60, 2, 1, 1, 1", "60, 3, 1, 0, 0", "120, 2, 1, 1, 1", "120, 3, 1, 0, 0"})
  void theProjectivePlaneIsSeenModulo2(int points, int prime, int components, int loops, int hollows) {
    double[][] half = spiral(2 * points);
    DistanceMatrix plane =
        DistanceMatrix.of(points, (i, j) -> Math.acos(Math.min(1, Math.abs(product(half[i], half[j])))));
    PersistentHomology found = dense(plane.shuffled(SEED), Rips.upTo(2).modulo(prime).within(0.8f));
    assertBetti(found, 0.6, components, loops, hollows);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void aSphereHasAHollow(int points) {
    PersistentHomology found = dense(DistanceMatrix.euclidean(spiral(points)).shuffled(SEED), Rips.upTo(2));
    assertBetti(found, 0.9, 1, 0, 1);
    assertEquals(1, pairs(found.diagram(2)).stream().filter(p -> p.death() > 1.5 * p.birth()).count());
  }

  /** Each through the centre of the other, 1 apart at the nearest. */
  @ParameterizedTest
  @ValueSource(ints = {20, 41})
  void twoLinkedCirclesHaveTwoLoops(int n) {
    double[][] points = new double[2 * n][];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * i / n;
      points[i] = new double[] {Math.cos(angle), Math.sin(angle), 0};
      points[n + i] = new double[] {1 + Math.cos(angle), 0, Math.sin(angle)};
    }
    PersistentHomology found = dense(DistanceMatrix.euclidean(points).shuffled(SEED), Rips.upTo(1));
    assertBetti(found, 0.8, 2, 2);
    assertBetti(found, 1.01, 1, betti(found, 1.01)[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void triangulatedSurfacesHaveTheirHomologyToTheEnd(int prime) {
    int two = prime == 2 ? 1 : 0;
    assertSurface(Triangulations.projectivePlane(), prime, 1, two, two);
    for (int side : new int[] {3, 5}) {
      assertSurface(Triangulations.torus(side), prime, 1, 2, 1);
      assertSurface(Triangulations.kleinBottle(side), prime, 1, 1 + two, two);
    }
  }

  private void assertSurface(Triangulations.Surface surface, int prime, int... betti) {
    DistanceMatrix distances = surface.distances().shuffled(SEED);
    for (var found : List.of(
        dense(distances, Rips.upTo(2).modulo(prime)), sparse(distances, Rips.upTo(2).modulo(prime)))) {
      assertBetti(found, Float.MAX_VALUE, betti);
      assertEquals(copies(betti[1], 1, Double.POSITIVE_INFINITY), pairs(found.diagram(1)));
      assertEquals(copies(betti[2], 1, Double.POSITIVE_INFINITY), pairs(found.diagram(2)));
    }
  }

  @Test
  void aCloudInSeveralPlacesIsAsManyClouds() {
    DistanceMatrix part = DistanceMatrix.gaussian(25, 3, SEED);
    DistanceMatrix twice = part.beside(part).shuffled(SEED);
    List<List<Pair>> once = pairs(dense(part, Rips.upTo(2)));
    for (var found : List.of(dense(twice, Rips.upTo(2)), sparse(twice, Rips.upTo(2)))) {
      for (int k = 0; k <= 2; k++) {
        List<Pair> expected = new ArrayList<>(once.get(k));
        expected.addAll(once.get(k));
        expected.sort(Pair.ORDER);
        assertEquals(expected, pairs(found.diagram(k)));
      }
    }
  }

  /** The shortest way on a circle of length 1. */
  private static double wrapped(double step) {
    return Math.abs(step - Math.rint(step));
  }

  /** Points of the unit sphere on a spiral of equal areas (Swinbank, Purser 2006): the first half lies above the equator. */
  private static double[][] spiral(int points) {
    double[][] sphere = new double[points][];
    double turn = Math.PI * (3 - Math.sqrt(5));
    for (int i = 0; i < points; i++) {
      double z = 1 - (2.0 * i + 1) / points;
      double radius = Math.sqrt(1 - z * z);
      sphere[i] = new double[] {radius * Math.cos(turn * i), radius * Math.sin(turn * i), z};
    }
    return sphere;
  }

  private static double product(double[] x, double[] y) {
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
  }
}
