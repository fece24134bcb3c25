package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.ReferencePersistence.Pair;
import org.scaleinv.engine.Rips.Collapse;
import org.scaleinv.engine.Rips.Speedup;

/** Up to a dozen points in every dimension against {@link ReferencePersistence}; larger ones against the engine at its slowest. */
public abstract class PersistenceBruteForce extends PersistenceContract {
  private static final float ALL = Float.POSITIVE_INFINITY;

  /** Clouds, equal lengths, lengths of zero, triangles that do not close, pairs that are never joined. */
  static List<DistanceMatrix> small() {
    List<DistanceMatrix> all = new ArrayList<>();
    for (int n : new int[] {3, 4, 5, 6, 7, 8, 9}) {
      all.add(DistanceMatrix.gaussian(n, 3, SEED + n));
      all.add(DistanceMatrix.whole(n, 1, 1000, SEED + n));
      all.add(DistanceMatrix.whole(n, 1, 4, SEED + n));
      all.add(DistanceMatrix.whole(n, 0, 2, SEED + n));
      all.add(DistanceMatrix.gaussian(n, 2, SEED + n).severed(0.3, SEED));
      all.add(DistanceMatrix.whole(n, 1, 3, SEED + n).severed(0.4, SEED));
    }
    all.add(DistanceMatrix.cycle(8).severed(0.1, SEED));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void everyDimensionIsThatOfTheWholeBoundaryMatrix(int prime) {
    for (DistanceMatrix distances : small()) {
      int top = distances.points() - 1;
      var expected = ReferencePersistence.diagrams(distances, top, prime, ALL);
      Rips rips = Rips.upTo(top).modulo(prime);
      assertDiagrams(expected, dense(distances, rips), "dense " + distances);
      assertDiagrams(expected, sparse(distances, rips), "sparse " + distances);
      for (int k = 0; k < top; k++) {
        assertDiagrams(expected.subList(0, k + 1), dense(distances, Rips.upTo(k).modulo(prime)), "dense " + distances);
        assertDiagrams(expected.subList(0, k + 1), sparse(distances, Rips.upTo(k).modulo(prime)),
            "sparse " + distances);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aDozenPointsInEveryDimension(int prime) {
    for (var distances : List.of(DistanceMatrix.gaussian(12, 9, SEED), DistanceMatrix.whole(12, 1, 6, SEED))) {
      var expected = ReferencePersistence.diagrams(distances, 11, prime, ALL);
      assertDiagrams(expected, dense(distances, Rips.upTo(11).modulo(prime)), "dense " + distances);
      assertDiagrams(expected, sparse(distances, Rips.upTo(11).modulo(prime)), "sparse " + distances);
    }
  }

  @Test
  void edgesUpToTheThresholdAreThereAndLongerOnesAreNot() {
    for (DistanceMatrix distances : small()) {
      float[] lengths = distances.lengths();
      if (lengths.length < 3) {
        continue;
      }
      float some = lengths[lengths.length * 2 / 3];
      for (float threshold : new float[] {0, Math.nextDown(some), some, Math.nextUp(some), ALL}) {
        var expected = ReferencePersistence.diagrams(distances, 3, 2, threshold);
        Rips rips = Rips.upTo(3).within(threshold);
        String what = distances + " within " + threshold;
        assertDiagrams(expected, dense(distances, rips), "dense " + what);
        assertDiagrams(expected, sparse(distances, rips), "sparse " + what);
        assertDiagrams(expected, dense(distances, rips.collapsing(Collapse.ALWAYS)), "dense, collapsed " + what);
        assertDiagrams(expected, sparse(distances, rips.collapsing(Collapse.ALWAYS)), "sparse, collapsed " + what);
      }
    }
  }

  @Test
  void noSpeedupChangesADiagram() {
    for (DistanceMatrix distances : small()) {
      int prime = distances.points() % 2 == 0 ? 2 : 3;
      var expected = ReferencePersistence.diagrams(distances, 3, prime, ALL);
      for (Rips rips : everyWay(Rips.upTo(3).modulo(prime))) {
        assertDiagrams(expected, dense(distances, rips), "dense " + rips + distances);
        assertDiagrams(expected, sparse(distances, rips), "sparse " + rips + distances);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void noSpeedupAndNoNumberOfThreadsChangesADiagramOfMorePoints(int dimension) {
    int n = several(dimension);
    for (var distances : List.of(
        DistanceMatrix.gaussian(n, 3, SEED),
        DistanceMatrix.whole(n, 8, 16, SEED),
        DistanceMatrix.gaussian(n, 2, SEED).severed(0.2, SEED))) {
      for (int prime : new int[] {2, 3}) {
        Rips plain = Rips.upTo(dimension).modulo(prime).collapsing(Collapse.NEVER)
            .without(EnumSet.allOf(Speedup.class));
        List<List<Pair>> expected = pairs(dense(distances, plain));
        for (Rips rips : everyWay(Rips.upTo(dimension).modulo(prime))) {
          assertDiagrams(expected, dense(distances, rips), "dense " + rips);
          assertDiagrams(expected, sparse(distances, rips), "sparse " + rips);
        }
        for (int threads : new int[] {2, 3}) {
          for (Collapse collapse : Collapse.values()) {
            Rips rips = Rips.upTo(dimension).modulo(prime).collapsing(collapse);
            assertDiagrams(expected, dense(distances, rips, threads), "dense by " + threads + " " + rips);
            assertDiagrams(expected, sparse(distances, rips, threads), "sparse by " + threads + " " + rips);
          }
        }
      }
    }
  }

  /** Points around the widths of words of bits and of vectors, against the engine's own slowest way. */
  @ParameterizedTest
  @ValueSource(ints = {31, 33, 63, 64, 65, 128, 129, 200})
  void everyNumberOfPointsGivesTheDiagramsOfTheSlowestWay(int n) {
    DistanceMatrix cloud = DistanceMatrix.gaussian(n, 3, SEED);
    float[] lengths = cloud.lengths();
    // about twenty partners each
    Rips near = Rips.upTo(2).within(lengths[Math.min(10 * n, lengths.length - 1)]);
    for (var distances : List.of(cloud, DistanceMatrix.of(n, (i, j) -> Math.ceil(8 * cloud.at(i, j))))) {
      Rips rips = distances == cloud ? near : near.within((float) Math.ceil(8 * near.threshold()));
      assertFast(distances, rips);
      assertFast(distances, rips.modulo(3));
    }
    if (n < 100) {
      assertFast(cloud, Rips.upTo(1));
    }
  }

  private void assertFast(DistanceMatrix distances, Rips rips) {
    List<List<Pair>> expected =
        pairs(dense(distances, rips.collapsing(Collapse.NEVER).without(EnumSet.allOf(Speedup.class))));
    for (Collapse collapse : Collapse.values()) {
      assertDiagrams(expected, dense(distances, rips.collapsing(collapse), 2), "dense " + rips);
      assertDiagrams(expected, sparse(distances, rips.collapsing(collapse), 2), "sparse " + rips);
    }
    assertDiagrams(expected, dense(distances, rips.withRepresentatives()), "with representatives " + rips);
    assertDiagrams(expected, sparse(distances, rips.withRepresentatives()), "with representatives " + rips);
  }

  /** How many points are compared with the engine's own slowest way. */
  protected int several(int dimension) {
    return new int[] {0, 40, 20, 13}[dimension];
  }

  /** Betti numbers and the Euler characteristic of every complex of the filtration. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void whatLivesAtAScaleIsWhatRanksSay(int prime) {
    for (var distances : List.of(
        DistanceMatrix.gaussian(9, 2, SEED), DistanceMatrix.whole(9, 1, 9, SEED), DistanceMatrix.cycle(10))) {
      int top = 4;
      PersistentHomology found = dense(distances, Rips.upTo(distances.points() - 1).modulo(prime));
      var complex = new CliqueComplex(distances, distances.points() - 1, ALL);
      for (float scale : distances.lengths()) {
        int[] betti = betti(found, scale);
        int euler = 0;
        for (int k = 0; k < betti.length; k++) {
          int sign = k % 2 == 0 ? 1 : -1;
          euler += sign * (complex.within(k, scale).size() - betti[k]);
          if (k <= top) {
            assertEquals(complex.betti(k, scale, prime), betti[k], "dimension " + k + " at " + scale);
          }
        }
        assertEquals(0, euler, "Euler characteristics at " + scale);
      }
    }
  }

  /** Each speed-up off by itself, all off, and all that are left when collapsing always or never. */
  private static List<Rips> everyWay(Rips rips) {
    List<Rips> ways = new ArrayList<>(List.of(rips));
    for (Set<Speedup> off : sets()) {
      ways.add(rips.without(off));
    }
    for (Collapse collapse : List.of(Collapse.ALWAYS, Collapse.NEVER)) {
      ways.add(rips.collapsing(collapse));
      ways.add(rips.collapsing(collapse).without(EnumSet.allOf(Speedup.class)));
    }
    return ways;
  }

  private static Collection<Set<Speedup>> sets() {
    List<Set<Speedup>> sets = new ArrayList<>();
    for (Speedup speedup : Speedup.values()) {
      sets.add(EnumSet.of(speedup));
      sets.add(EnumSet.complementOf(EnumSet.of(speedup)));
    }
    sets.add(EnumSet.allOf(Speedup.class));
    return sets;
  }
}
