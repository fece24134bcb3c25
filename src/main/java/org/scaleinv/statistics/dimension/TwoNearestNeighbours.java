package org.scaleinv.statistics.dimension;

import org.scaleinv.statistics.Estimate;

/**
 * Intrinsic dimension from the ratio μ = r₂/r₁ of each point's distances to its second and its first neighbour (Facco,
 * d'Errico, Rodriguez, Laio, Sci. Rep. 7, 2017, eq. 3): where the density hardly changes over that neighbourhood, ln μ is
 * exponential with rate d, whatever the density. By maximum likelihood, d = (n − 1)/Σ ln μ, the unbiased form, with
 * standard error d/√(n − 2) for independent ratios. Neighbours share distances, so that the scatter over clouds is about
 * a third larger.
 *
 * <p>Above {@link Saturation#limit} it is {@code saturated}: the neighbourhoods are as large as the cloud, over which the
 * density does change. It still grows with the dimension, but falls behind more and more.
 *
 * @param dimension d
 * @param points n that have a ratio
 * @param duplicates points that another one lies upon: their ratio has no meaning, and they take no part
 */
public record TwoNearestNeighbours(double dimension, double standardError, int points, int duplicates) {
  private static final int FEWEST = 4;

  public double limit() {
    return Saturation.limit(points);
  }

  public boolean saturated() {
    return dimension > limit();
  }

  public static Estimate<TwoNearestNeighbours> of(PairDistances distances) {
    int used = 0;
    int duplicates = 0;
    double logs = 0;
    for (int i = 0; i < distances.points(); i++) {
      double nearest = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      for (int j = 0; j < distances.points(); j++) {
        if (j != i) {
          double distance = distances.at(i, j);
          second = Math.min(second, Math.max(nearest, distance));
          nearest = Math.min(nearest, distance);
        }
      }
      if (nearest == 0) {
        duplicates++;
      } else if (second < Double.POSITIVE_INFINITY) {
        used++;
        logs += Math.log(second / nearest);
      }
    }
    return of(used, duplicates, logs);
  }

  private static Estimate<TwoNearestNeighbours> of(int used, int duplicates, double logs) {
    if (used < FEWEST) {
      return Estimate.notApplicable("%d points with two neighbours apart from them, at least %d are needed"
          .formatted(used, FEWEST));
    }
    if (logs == 0) {
      return Estimate.notApplicable("every point has its two nearest neighbours at one distance");
    }
    double dimension = (used - 1) / logs;
    return Estimate.of(new TwoNearestNeighbours(dimension, dimension / Math.sqrt(used - 2), used, duplicates));
  }
}
