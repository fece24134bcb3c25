package org.scaleinv.invariant.spectral;

import java.util.SortedMap;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/**
 * Centre of mass of a role's squared Frobenius norm over relative depth: Σ (l+½)/L·‖W_l‖² / Σ ‖W_l‖², l = 0 … L−1.
 *
 * <p>The middle of a layer stands for it, so that equal norms give ½ at every depth; with (l+1)/L they would give
 * (L+1)/(2L), which drifts with L by itself.
 */
final class DepthNorm {
  static final InvariantInfo INFO = InvariantInfo.positive("spectral.depth_norm");

  /** Its value for independent entries of one variance in all layers. */
  static final double EQUAL_NORMS = 0.5;

  private DepthNorm() {}

  /**
   * @param squaredNorms of each layer that has the role
   * @param depth L
   */
  static Outcome of(SortedMap<Integer, Double> squaredNorms, int depth) {
    if (squaredNorms.size() < 2) {
      return Outcome.notApplicable("needs 2 layers, has " + squaredNorms.size());
    }
    double largest = squaredNorms.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    if (!(largest > 0)) {
      return Outcome.notApplicable("all norms are zero");
    }
    if (Double.isInfinite(largest)) {
      return Outcome.notApplicable("a squared norm exceeds the range of a double");
    }
    double weighted = 0;
    double total = 0;
    for (var layer : squaredNorms.entrySet()) {
      double weight = layer.getValue() / largest;
      weighted += (layer.getKey() + 0.5) / depth * weight;
      total += weight;
    }
    return Outcome.of(weighted / total).with("layers", squaredNorms.size());
  }
}
