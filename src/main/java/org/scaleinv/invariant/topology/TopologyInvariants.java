package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.List;

/** The invariants of clouds whose homology is known up to a dimension. */
public final class TopologyInvariants {
  private TopologyInvariants() {}

  /** In the order of their rows; dimension ≥ 0. */
  public static List<TopologyInvariant> upTo(int dimension) {
    List<TopologyInvariant> all = new ArrayList<>();
    for (int k = 0; k <= dimension; k++) {
      for (int percent : BettiNumber.PERCENTS) {
        all.add(new BettiNumber(k, percent));
      }
    }
    all.add(new EulerCharacteristic());
    for (int k = 0; k <= dimension; k++) {
      all.add(new TotalPersistence(k));
      all.add(new MaximalPersistence(k));
      all.add(new PersistenceEntropy(k));
    }
    for (int k = 1; k <= dimension; k++) {
      all.add(new LandscapeNorm(k));
    }
    all.add(new PhDimension());
    all.add(new GrassbergerProcacciaDimension());
    all.add(new TwoNnDimension());
    return List.copyOf(all);
  }
}
