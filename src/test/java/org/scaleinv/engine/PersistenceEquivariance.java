package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Persistence.Progress;
import org.scaleinv.engine.ReferencePersistence.Pair;
import org.scaleinv.engine.Rips.Collapse;

/** What changes with the names of the points, their place and the unit of length, and what does not. */
public abstract class PersistenceEquivariance extends PersistenceContract {
  private static final int DIMENSION = 2;

  private List<DistanceMatrix> inputs() {
    int n = several();
    return List.of(
        DistanceMatrix.gaussian(n, 3, SEED),
        DistanceMatrix.whole(n, 20, 40, SEED),
        DistanceMatrix.whole(n, 0, 3, SEED),
        DistanceMatrix.gaussian(n, 2, SEED).severed(0.3, SEED));
  }

  protected int several() {
    return 40;
  }

  @ParameterizedTest
  @EnumSource
  void theOrderOfThePointsDoesNotMatter(Collapse collapse) {
    for (DistanceMatrix distances : inputs()) {
      for (int prime : new int[] {2, 3}) {
        Rips rips = Rips.upTo(DIMENSION).modulo(prime).collapsing(collapse);
        List<List<Pair>> expected = pairs(dense(distances, rips));
        for (int seed = 1; seed <= 3; seed++) {
          assertDiagrams(expected, dense(distances.shuffled(seed), rips), "dense in order " + seed);
          assertDiagrams(expected, sparse(distances.shuffled(seed), rips), "sparse in order " + seed);
        }
      }
    }
  }

  /** Powers of two scale floats to the bit; squares of whole numbers keep their order. */
  @Test
  void lengthsAreComparedAndNothingElse() {
    for (DistanceMatrix distances : inputs()) {
      for (double scale : new double[] {0x1p-100, 0x1p-3, 0x1p90}) {
        assertMapped(distances, length -> scale * length);
      }
    }
    assertMapped(DistanceMatrix.whole(several(), 1, 60, SEED), length -> length * length);
    assertMapped(DistanceMatrix.whole(several(), 1, 60, SEED), length -> Float.MIN_VALUE * length);
  }

  private void assertMapped(DistanceMatrix distances, DoubleUnaryOperator map) {
    var mapped = DistanceMatrix.of(distances.points(), (i, j) -> map.applyAsDouble(distances.at(i, j)));
    List<List<Pair>> expected = new ArrayList<>();
    for (List<Pair> diagram : pairs(dense(distances, Rips.upTo(DIMENSION)))) {
      expected.add(
          diagram.stream()
              .map(p -> new Pair((float) map.applyAsDouble(p.birth()), (float) map.applyAsDouble(p.death())))
              .toList());
    }
    assertDiagrams(expected, dense(mapped, Rips.upTo(DIMENSION)), "dense, mapped");
    assertDiagrams(expected, sparse(mapped, Rips.upTo(DIMENSION)), "sparse, mapped");
  }

  /** Of whole coordinates, so that each distance is the root of a whole number wherever the points lie. */
  @ParameterizedTest
  @ValueSource(ints = {20, 50})
  void turnsMirrorsAndShiftsChangeNothing(int n) {
    var cloud = PointCloud.lattice(n, 2, SEED);
    List<List<Pair>> expected = null;
    // the turn whose sine is 3/5 and cosine 4/5, of points five times as far apart
    double[][] motions = {{5, 0, 0, 5}, {0, -5, 5, 0}, {-5, 0, 0, 5}, {4, -3, 3, 4}, {4, 3, 3, -4}};
    for (double[] motion : motions) {
      var moved = new PointCloud(n, 2, new float[2 * n]);
      for (int i = 0; i < n; i++) {
        double[] point = cloud.point(i);
        moved.set(i, 0, (float) (motion[0] * point[0] + motion[1] * point[1] + 11));
        moved.set(i, 1, (float) (motion[2] * point[0] + motion[3] * point[1] - 23));
      }
      try (Buffer points = moved.upload(engine());
          Buffer distances = engine().distances().all(points, Metric.EUCLIDEAN, 1)) {
        PersistentHomology found = persistence().dense(distances, Rips.upTo(DIMENSION), 1, Progress.NONE);
        expected = expected == null ? pairs(found) : expected;
        assertDiagrams(expected, found, "moved by " + List.of(motion[0], motion[1], motion[2], motion[3]));
        DistanceGraph graph =
            engine().distances().within(points, Metric.EUCLIDEAN, Float.POSITIVE_INFINITY, 1);
        assertDiagrams(
            expected,
            persistence().sparse(graph, Rips.upTo(DIMENSION), 1, Progress.NONE),
            "the graph moved by " + List.of(motion[0], motion[1], motion[2], motion[3]));
      }
    }
  }

  /** A copy of a point adds a class that does not live, and nothing else. */
  @Test
  void copiesOfPointsAddNothing() {
    for (DistanceMatrix distances : inputs()) {
      if (distances.lengths()[0] > 0) {
        int n = distances.points();
        var doubled = DistanceMatrix.of(2 * n, (i, j) -> distances.at(i % n, j % n)).shuffled(SEED);
        assertDiagrams(pairs(dense(distances, Rips.upTo(1))), dense(doubled, Rips.upTo(1)), "copies");
        assertDiagrams(pairs(dense(distances, Rips.upTo(1))), sparse(doubled, Rips.upTo(1)), "copies");
      }
    }
  }

  /** Cohen-Steiner, Edelsbrunner, Harer (2007): small changes of lengths change long-lived classes by as much at most. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aSmallChangeOfLengthsIsASmallChangeOfTheDiagram(int prime) {
    float step = 0.01f;
    DistanceMatrix distances = DistanceMatrix.gaussian(several(), 3, SEED);
    var changed = DistanceMatrix.of(
        distances.points(), (i, j) -> distances.at(i, j) + ((7 * i + 3 * j) % 2 == 0 ? step : -step) * 0.999);
    PersistentHomology before = dense(distances, Rips.upTo(1).modulo(prime));
    PersistentHomology after = dense(changed, Rips.upTo(1).modulo(prime));
    for (float scale = 0.1f; scale < 3; scale += 0.1f) {
      for (int k = 0; k <= 1; k++) {
        // who lives over [scale − step, scale + step] in one lives at the scale in the other
        float at = scale;
        long sure = pairs(before.diagram(k)).stream()
            .filter(p -> (p.birth() == 0 || p.birth() <= at - step) && p.death() > at + step).count();
        long possible = pairs(before.diagram(k)).stream()
            .filter(p -> p.birth() <= at + step && p.death() > at - step).count();
        int found = betti(after, at)[k];
        assertEquals(Math.clamp(found, sure, possible), found, "classes of dimension " + k + " at " + at);
      }
    }
  }
}
