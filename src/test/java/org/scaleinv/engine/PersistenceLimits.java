package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Persistence.Progress;
import org.scaleinv.engine.ReferencePersistence.Pair;
import org.scaleinv.engine.Rips.Collapse;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.EngineFailure;

/** Memory, width of keys, progress, cancellation, computations at once. */
public abstract class PersistenceLimits extends PersistenceContract {
  /** Clusters of nine points that are never joined, and what is left alone: many points with a diagram that is known. */
  private static DistanceMatrix scattered(int points) {
    DistanceMatrix cluster = cluster();
    int[] order = DistanceMatrix.order(points, SEED);
    return DistanceMatrix.of(
        points,
        (i, j) -> {
          int a = order[i];
          int b = order[j];
          boolean joined = a / 9 == b / 9 && a / 9 * 9 + 9 <= points;
          return joined ? cluster.at(a % 9, b % 9) : Float.POSITIVE_INFINITY;
        });
  }

  private static DistanceMatrix cluster() {
    return DistanceMatrix.of(9, (i, j) -> DistanceMatrix.cycle(9).at(i, j) + (i == 0 && j == 3 ? 1 : 0));
  }

  private static List<List<Pair>> scatteredDiagrams(int points, int dimension, int prime) {
    List<List<Pair>> all = new ArrayList<>();
    for (List<Pair> diagram : ReferencePersistence.diagrams(cluster(), dimension, prime, Float.POSITIVE_INFINITY)) {
      List<Pair> copies = new ArrayList<>();
      for (int cluster = 0; cluster < points / 9; cluster++) {
        copies.addAll(diagram);
      }
      all.add(copies);
    }
    all.getFirst().addAll(copies(points % 9, 0, Double.POSITIVE_INFINITY));
    all.forEach(diagram -> diagram.sort(Pair.ORDER));
    return all;
  }

  /**
   * A simplex of dimension + 1 needs bits(points − 1) for each vertex beside its longest edge, and the bits of the number of
   * edges, 11 for 300 points here: dimension 5 fits into 64 bits, 6 needs more, and 13 is the last one that 128 bits hold.
   */
  @ParameterizedTest
  @CsvSource({"300, 5", "300, 6", "300, 13", "257, 6", "256, 6", "256, 7", "600, 11"})
  void keysGrowWithThePointsAndTheDimension(int points, int dimension) {
    DistanceMatrix distances = scattered(points);
    for (int prime : new int[] {2, 3}) {
      var expected = scatteredDiagrams(points, dimension, prime);
      Rips rips = Rips.upTo(dimension).modulo(prime).collapsing(Collapse.NEVER);
      assertDiagrams(expected, sparse(distances, rips), "sparse " + rips);
      assertDiagrams(expected, dense(distances, rips), "dense " + rips);
      assertDiagrams(expected, sparse(distances, rips.collapsing(Collapse.ALWAYS)), "sparse, collapsed " + rips);
    }
  }

  @ParameterizedTest
  @CsvSource({"300, 14", "600, 12", "300, 400"})
  void simplicesThatNoKeyHoldsAreRefused(int points, int dimension) {
    DistanceMatrix distances = scattered(points);
    Rips rips = Rips.upTo(dimension).collapsing(Collapse.NEVER);
    for (var call : List.<Runnable>of(() -> dense(distances, rips), () -> sparse(distances, rips))) {
      String message = assertThrows(EngineFailure.class, call::run).getMessage();
      assertTrue(message.contains("128"), message);
    }
  }

  /** Beyond 2¹⁶ points and 2³¹ pairs of points: a few cliques among points of the highest numbers. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aGraphOfMorePointsThanPairsCanBeNumberedIn32Bits(int dimension) {
    int points = 70_000;
    DistanceMatrix part = DistanceMatrix.cycle(10);
    DistanceGraph small = part.graph();
    long[] offsets = new long[points + 1];
    int[] partners = small.partners().clone();
    for (int i = 0; i < partners.length; i++) {
      partners[i] += points - 10;
    }
    System.arraycopy(small.offsets(), 0, offsets, points - 10, 11);
    List<List<Pair>> expected = ReferencePersistence.diagrams(part, dimension, 2, Float.POSITIVE_INFINITY);
    expected.getFirst().addAll(copies(points - 10, 0, Double.POSITIVE_INFINITY));
    for (Collapse collapse : Collapse.values()) {
      PersistentHomology found = persistence().sparse(
          new DistanceGraph(offsets, partners, small.lengths()),
          Rips.upTo(dimension).collapsing(collapse),
          1,
          Progress.NONE);
      assertDiagrams(expected, found, "70,000 points");
      assertTrue(found.peakBytes() < 100L * points, found.peakBytes() + " bytes");
    }
  }

  @Test
  void whatCannotFitIsRefusedWithTheBytes() {
    DistanceMatrix distances = DistanceMatrix.gaussian(several(), 3, SEED);
    int n = distances.points();
    for (int dimension : new int[] {1, 2}) {
      Rips rips = Rips.upTo(dimension);
      long dense = persistence().bytes(n, n * (n - 1L) / 2, false, rips);
      long sparse = persistence().bytes(n, n * (n - 1L) / 2, true, rips);
      assertTrue(dense >= 4L * n * n && sparse >= 8L * n * (n - 1L) / 2, dense + " and " + sparse + " bytes");
      for (long limit : new long[] {1, 4L * n * n - 1}) {
        assertRefused(limit, () -> dense(distances, rips.inMemory(limit)));
        assertRefused(limit, () -> sparse(distances, rips.inMemory(limit)));
      }
      PersistentHomology free = dense(distances, rips);
      assertTrue(free.peakBytes() <= 1L << 30, free.peakBytes() + " bytes");
      assertDiagrams(pairs(free), dense(distances, rips.inMemory(free.peakBytes())), "in the memory it needs");
      PersistentHomology freely = sparse(distances, rips);
      assertDiagrams(pairs(free), sparse(distances, rips.inMemory(freely.peakBytes())), "in the memory it needs");
    }
  }

  /** Wherever the limit is reached, the answer is right or there is none. */
  @Test
  void noLimitIsEverPassed() {
    DistanceMatrix distances = DistanceMatrix.gaussian(several(), 4, SEED);
    Rips rips = Rips.upTo(2).modulo(3);
    PersistentHomology free = dense(distances, rips);
    int refused = 0;
    for (int sixteenth = 1; sixteenth <= 20; sixteenth++) {
      long limit = free.peakBytes() * sixteenth / 16;
      try {
        PersistentHomology found = dense(distances, rips.inMemory(limit));
        assertDiagrams(pairs(free), found, "within " + limit);
        assertTrue(found.peakBytes() <= limit, found.peakBytes() + " of " + limit);
      } catch (EngineFailure tooMuch) {
        assertTrue(tooMuch.getMessage().contains(Long.toString(limit)), tooMuch.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < 16, refused + " of 20 limits refused");
  }

  private static void assertRefused(long limit, Runnable call) {
    String message = assertThrows(EngineFailure.class, call::run).getMessage();
    assertTrue(message.contains(Long.toString(limit)), message);
  }

  protected int several() {
    return 80;
  }

  @Test
  void progressEndsAComputationWhenItSaysSo() {
    DistanceMatrix distances = DistanceMatrix.gaussian(several(), 3, SEED);
    DistanceGraph graph = distances.graph();
    for (int threads = 1; threads <= 2; threads++) {
      int workers = threads;
      try (Buffer buffer = distances.upload(engine())) {
        for (int modulus : new int[] {2, 3}) {
          Rips rips = Rips.upTo(2).modulo(modulus);
          var heard = new AtomicInteger();
          Progress stop = (dimension, done, total) -> {
            heard.incrementAndGet();
            return false;
          };
          assertThrows(Cancelled.class, () -> persistence().dense(buffer, rips, workers, stop));
          assertEquals(1, heard.get(), "calls after the end");
          assertThrows(Cancelled.class, () -> persistence().sparse(graph, rips, workers, stop));
          assertEquals(2, heard.get(), "calls after the end");
        }
      }
    }
  }

  @Test
  void progressIsHeardOnTheCallingThreadAndGoesOn() {
    DistanceMatrix distances = DistanceMatrix.gaussian(several(), 3, SEED);
    var caller = Thread.currentThread();
    int[] last = {-1, 0};
    try (Buffer buffer = distances.upload(engine())) {
      persistence().dense(
          buffer,
          Rips.upTo(2),
          2,
          (dimension, done, total) -> {
            assertEquals(caller, Thread.currentThread());
            assertTrue(dimension >= last[0] && dimension <= 2, "dimension " + dimension + " after " + last[0]);
            assertTrue(done >= 0 && done <= total, done + " of " + total);
            last[0] = dimension;
            last[1]++;
            return true;
          });
    }
    assertTrue(last[1] > 0, "nothing was heard");
  }

  @Test
  void anExceptionInProgressIsTheCallersOwn() {
    DistanceMatrix distances = DistanceMatrix.gaussian(10, 3, SEED);
    var own = new IllegalStateException("mine");
    assertEquals(
        own,
        assertThrows(
            IllegalStateException.class,
            () -> persistence().sparse(
                distances.graph(),
                Rips.upTo(1),
                1,
                (dimension, done, total) -> {
                  throw own;
                })));
  }

  @Test
  void severalComputationsAtOnce() throws InterruptedException, ExecutionException {
    List<DistanceMatrix> inputs = List.of(
        DistanceMatrix.gaussian(several(), 3, 1), DistanceMatrix.whole(several(), 9, 17, 2),
        DistanceMatrix.cycle(60), DistanceMatrix.gaussian(several(), 2, 3).severed(0.5, 1));
    List<List<List<Pair>>> alone = inputs.stream().map(d -> pairs(dense(d, Rips.upTo(2)))).toList();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<List<Pair>>>> together = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        for (DistanceMatrix input : inputs) {
          boolean dense = (together.size() & 1) == 0;
          together.add(
              threads.submit(() -> pairs(dense ? dense(input, Rips.upTo(2), 2) : sparse(input, Rips.upTo(2), 2))));
        }
      }
      for (int i = 0; i < together.size(); i++) {
        assertEquals(alone.get(i % inputs.size()), together.get(i).get());
      }
    }
  }
}
