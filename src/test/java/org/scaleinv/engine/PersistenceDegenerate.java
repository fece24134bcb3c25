package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Persistence.Progress;
import org.scaleinv.engine.ReferencePersistence.Pair;
import org.scaleinv.engine.Rips.Collapse;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/** Inputs with hardly anything in them, and inputs that are none. */
public abstract class PersistenceDegenerate extends PersistenceContract {
  private static final Pair ESSENTIAL = new Pair(0, Float.POSITIVE_INFINITY);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void hardlyAnyPoints(int n) {
    for (float length : new float[] {0, 3, Float.POSITIVE_INFINITY}) {
      List<Pair> components = new ArrayList<>();
      if (length == 3) {
        components.addAll(copies(Math.max(n - 1, 0), 0, 3));
      }
      components.addAll(Collections.nCopies(Float.isFinite(length) ? Math.min(n, 1) : n, ESSENTIAL));
      var distances = DistanceMatrix.of(n, (i, j) -> length);
      for (int dimension = 0; dimension <= 4; dimension++) {
        List<List<Pair>> expected = new ArrayList<>(List.of(components));
        expected.addAll(Collections.nCopies(dimension, List.of()));
        for (Collapse collapse : Collapse.values()) {
          Rips rips = Rips.upTo(dimension).collapsing(collapse);
          String what = n + " points at " + length + ", " + rips;
          assertDiagrams(expected, dense(distances, rips, 2), what);
          assertDiagrams(expected, sparse(distances, rips, 2), what);
        }
        Rips carried = Rips.upTo(dimension).modulo(3).withRepresentatives();
        assertDiagrams(expected, dense(distances, carried), "carried");
        assertDiagrams(expected, sparse(distances, carried), "carried");
      }
    }
  }

  @Test
  void edgesOfLengthZeroAreThereFromTheStart() {
    // a square of four points, each of them twice, its sides of length 0
    var square = DistanceMatrix.of(8, (i, j) -> (j - i) % 4 == 2 ? 1 : 0);
    List<List<Pair>> expected = List.of(List.of(ESSENTIAL), copies(1, 0, 1), List.of());
    for (Collapse collapse : Collapse.values()) {
      assertDiagrams(expected, dense(square, Rips.upTo(2).collapsing(collapse)), "dense");
      assertDiagrams(expected, sparse(square, Rips.upTo(2).collapsing(collapse)), "sparse");
    }
    List<List<Pair>> endless = List.of(List.of(ESSENTIAL), List.of(new Pair(0, Float.POSITIVE_INFINITY)), List.of());
    assertDiagrams(endless, dense(square, Rips.upTo(2).within(0)), "dense within 0");
    assertDiagrams(endless, sparse(square, Rips.upTo(2).within(0)), "sparse within 0");
  }

  @Test
  void zerosOfEitherSignAreAlike() {
    var distances = DistanceMatrix.of(5, (i, j) -> (i + j) % 2 == 0 ? 0.0 : -0.0);
    List<List<Pair>> expected = List.of(List.of(ESSENTIAL), List.of());
    assertDiagrams(expected, dense(distances, Rips.upTo(1)), "dense");
    assertDiagrams(expected, sparse(distances, Rips.upTo(1)), "sparse");
  }

  @Test
  void figuresSayWhatWasBuilt() {
    DistanceMatrix line = DistanceMatrix.of(7, (i, j) -> j - i);
    PersistentHomology found = dense(line, Rips.upTo(1).collapsing(Collapse.NEVER));
    assertEquals(3, found.threshold(), "the radius about the middle");
    assertEquals(6 + 5 + 4, found.edges(), "edges of lengths 1 to 3");
    assertEquals(-1, found.collapsedEdges());
    assertTrue(found.peakBytes() >= 7 * 7 * Float.BYTES, found.peakBytes() + " bytes");
    PersistentHomology collapsed = sparse(line, Rips.upTo(1).within(2).collapsing(Collapse.ALWAYS));
    assertEquals(2, collapsed.threshold());
    assertEquals(6 + 5, collapsed.edges());
    assertEquals(6, collapsed.collapsedEdges(), "only the line itself is left");
  }

  @Test
  void whatIsNoDistanceIsNamedByItsEntry() {
    for (float bad : new float[] {Float.NaN, -1, Float.NEGATIVE_INFINITY}) {
      for (int[] entry : new int[][] {{0, 1}, {2, 5}, {38, 39}, {3, 33}}) {
        DistanceMatrix distances = DistanceMatrix.gaussian(40, 3, SEED);
        distances.set(entry[0], entry[1], bad);
        assertNames(refused(distances), entry[0], entry[1]);
      }
    }
    for (int[] entry : new int[][] {{0, 1}, {5, 2}, {39, 0}, {33, 3}}) {
      DistanceMatrix distances = DistanceMatrix.gaussian(40, 3, SEED);
      int at = entry[0] * 40 + entry[1];
      distances.values()[at] = Math.nextUp(distances.values()[at]);
      assertNames(refused(distances), entry[0], entry[1]);
    }
    for (int point : new int[] {0, 21, 39}) {
      for (float bad : new float[] {1, Float.NaN, Float.POSITIVE_INFINITY}) {
        DistanceMatrix distances = DistanceMatrix.gaussian(40, 3, SEED);
        distances.values()[point * 41] = bad;
        assertNames(refused(distances), point, point);
      }
    }
  }

  private String refused(DistanceMatrix distances) {
    return assertThrows(EngineFailure.class, () -> dense(distances, Rips.upTo(1), 2)).getMessage();
  }

  private static void assertNames(String message, int row, int column) {
    assertTrue(
        message.matches(".*\\b" + row + ", " + column + "\\b.*")
            || message.matches(".*\\b" + column + ", " + row + "\\b.*"),
        row + ", " + column + " in: " + message);
  }

  @Test
  void graphsThatAreNoneAreRefused() {
    DistanceGraph good = DistanceMatrix.cycle(5).graph();
    assertNames(refused(changed(good, 3, Float.NaN)), 0, 4);
    assertNames(refused(changed(good, 5, -2)), 1, 3);
    for (int partner : new int[] {-1, 0, 1, 5, 3}) {
      // of point 0, whose partners are 1, 2, 3, 4: the second one
      int[] partners = good.partners().clone();
      partners[1] = partner;
      String message = refused(new DistanceGraph(good.offsets(), partners, good.lengths()));
      assertTrue(message.contains("point 0"), message);
    }
    long[] offsets = good.offsets().clone();
    offsets[2] = 2;
    String message = refused(new DistanceGraph(offsets, good.partners(), good.lengths()));
    assertTrue(message.contains("offset"), message);
  }

  private static DistanceGraph changed(DistanceGraph graph, int pair, float length) {
    float[] lengths = graph.lengths().clone();
    lengths[pair] = length;
    return new DistanceGraph(graph.offsets(), graph.partners(), lengths);
  }

  private String refused(DistanceGraph graph) {
    return assertThrows(
        EngineFailure.class, () -> persistence().sparse(graph, Rips.upTo(1), 1, Progress.NONE)).getMessage();
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    DistanceMatrix distances = DistanceMatrix.gaussian(5, 2, SEED);
    List<Rips> wrong = List.of(
        Rips.upTo(-1),
        Rips.upTo(1).modulo(0),
        Rips.upTo(1).modulo(1),
        Rips.upTo(1).modulo(4),
        Rips.upTo(1).modulo(32761),
        Rips.upTo(1).modulo(-3),
        Rips.upTo(1).inMemory(-1),
        Rips.upTo(1).within(-1),
        Rips.upTo(1).withRepresentatives().collapsing(Collapse.ALWAYS));
    for (Rips rips : wrong) {
      assertThrows(EngineFailure.class, () -> dense(distances, rips), rips.toString());
      assertThrows(EngineFailure.class, () -> sparse(distances, rips), rips.toString());
    }
    try (Buffer oblong = engine().upload(MemorySegment.ofArray(new float[6]), DType.F32, 2, 3);
        Buffer doubles = engine().upload(MemorySegment.ofArray(new double[4]), DType.F64, 2, 2)) {
      for (Buffer buffer : List.of(oblong, doubles)) {
        assertThrows(
            IllegalArgumentException.class, () -> persistence().dense(buffer, Rips.upTo(1), 1, Progress.NONE));
      }
    }
  }
}
