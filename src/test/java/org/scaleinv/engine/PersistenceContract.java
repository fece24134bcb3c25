package org.scaleinv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.scaleinv.engine.Persistence.Progress;
import org.scaleinv.engine.ReferencePersistence.Pair;

/**
 * What every engine's persistent homology keeps to, theme by theme in the classes below this one: lengths are compared
 * and never computed with, so that every diagram is known to the bit.
 */
public abstract class PersistenceContract {
  static final long SEED = 20251123;

  protected abstract Engine engine();

  Persistence persistence() {
    return engine().persistence();
  }

  PersistentHomology dense(DistanceMatrix distances, Rips rips, int threads) {
    try (Buffer buffer = distances.upload(engine())) {
      return persistence().dense(buffer, rips, threads, Progress.NONE);
    }
  }

  PersistentHomology dense(DistanceMatrix distances, Rips rips) {
    return dense(distances, rips, 1);
  }

  PersistentHomology sparse(DistanceMatrix distances, Rips rips, int threads) {
    return persistence().sparse(distances.graph(), rips, threads, Progress.NONE);
  }

  PersistentHomology sparse(DistanceMatrix distances, Rips rips) {
    return sparse(distances, rips, 1);
  }

  static List<Pair> pairs(Diagram diagram) {
    assertEquals(diagram.births().length, diagram.deaths().length);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < diagram.size(); i++) {
      pairs.add(new Pair(diagram.births()[i], diagram.deaths()[i]));
    }
    return pairs;
  }

  static List<List<Pair>> pairs(PersistentHomology homology) {
    return homology.diagrams().stream().map(PersistenceContract::pairs).toList();
  }

  /** Fails unless both have the same pairs in the same order, dimension by dimension. */
  static void assertDiagrams(List<List<Pair>> expected, PersistentHomology found, String what) {
    assertEquals(expected.size(), found.diagrams().size(), what + ", dimensions");
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(k, found.diagram(k).dimension(), what);
      if (!expected.get(k).equals(pairs(found.diagram(k)))) {
        assertEquals(expected.get(k), pairs(found.diagram(k)), what + ", dimension " + k);
      }
    }
  }

  /** How many classes of each dimension live at a scale. */
  static int[] betti(PersistentHomology homology, double scale) {
    return homology.diagrams().stream()
        .mapToInt(diagram -> (int) pairs(diagram).stream().filter(p -> p.birth() <= scale && scale < p.death()).count())
        .toArray();
  }

  static void assertBetti(PersistentHomology homology, double scale, int... expected) {
    assertArrayEquals(expected, betti(homology, scale), "Betti numbers at " + scale);
  }

  static List<Pair> copies(int count, double birth, double death) {
    return List.copyOf(Collections.nCopies(count, new Pair((float) birth, (float) death)));
  }
}
