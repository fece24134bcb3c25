package org.scaleinv.statistics.dimension;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.LinearFit;

/**
 * The correlation dimension (Grassberger and Procaccia, Physica D 9, 1983): the slope of ln C against ln r, where C(r) is
 * the share of the pairs at most r apart. The scales are those between which C grows from a quarter of a pair a point to
 * a twentieth of all pairs: below, single pairs rule; above, the ends of the cloud do. The line goes through twelve of
 * them, equally spaced in ln C.
 *
 * <p>The standard error is the jackknife's over points (Efron and Stein, Ann. Stat. 9, 1981), at fixed radii: pairs that
 * share a point are not independent. It is about 40 % larger than the scatter over clouds, on the safe side.
 *
 * <p>Of n points no estimate far above 2·log₁₀ n means anything (Eckmann and Ruelle, Physica D 56, 1992): such a value is
 * {@code saturated} and tells the number of points.
 *
 * @param standardError infinite where one point is in every pair of the shortest radius
 * @param shortest radius of the fit, in the unit of the distances
 * @param longest radius of the fit
 * @param duplicates pairs at distance 0, which count in C at every radius
 * @param limit 2·log₁₀ n
 */
public record CorrelationDimension(
    double dimension, double standardError, double shortest, double longest, long duplicates, double limit) {
  private static final int RADII = 12;
  private static final double SHARE = 0.05;
  private static final int FEWEST_POINTS = 32;

  public boolean saturated() {
    return dimension > limit;
  }

  public static Estimate<CorrelationDimension> of(PairDistances distances) {
    int points = distances.points();
    if (points < FEWEST_POINTS) {
      return Estimate.notApplicable("%d points, at least %d are needed".formatted(points, FEWEST_POINTS));
    }
    double[] ascending = distances.ascending();
    double[] radii = radii(ascending, points);
    if (radii[0] == 0) {
      return Estimate.notApplicable("more than %d pairs of points lie upon each other".formatted(points / 4 - 1));
    }
    if (radii.length < 3) {
      return Estimate.notApplicable("the nearest pairs have fewer than 3 distinct distances");
    }
    return Estimate.of(fitted(distances, radii, ascending));
  }

  /** Distances of the pairs whose numbers are equally spaced in their logarithm, each once. */
  private static double[] radii(double[] ascending, int points) {
    double first = Math.log(points / 4);
    double last = Math.log(SHARE * ascending.length);
    return IntStream.range(0, RADII)
        .mapToDouble(i -> ascending[(int) Math.round(Math.exp(first + (last - first) * i / (RADII - 1))) - 1])
        .distinct()
        .toArray();
  }

  private static CorrelationDimension fitted(PairDistances distances, double[] radii, double[] ascending) {
    int points = distances.points();
    long[][] near = near(distances, radii);
    double[] logs = Arrays.stream(radii).map(Math::log).toArray();
    double[] pairs = new double[radii.length];
    for (long[] ofPoint : near) {
      for (int k = 0; k < pairs.length; k++) {
        pairs[k] += ofPoint[k] / 2.0;
      }
    }
    double[] without = new double[points];
    for (int i = 0; i < points; i++) {
      long[] gone = near[i];
      without[i] = slope(logs, IntStream.range(0, pairs.length).mapToDouble(k -> pairs[k] - gone[k]).toArray());
    }
    double mean = Arrays.stream(without).average().orElseThrow();
    double variance =
        Arrays.stream(without).map(slope -> (slope - mean) * (slope - mean)).sum() * (points - 1) / points;
    long duplicates = Arrays.stream(ascending).takeWhile(distance -> distance == 0).count();
    return new CorrelationDimension(
        slope(logs, pairs),
        Double.isNaN(variance) ? Double.POSITIVE_INFINITY : Math.sqrt(variance),
        radii[0],
        radii[radii.length - 1],
        duplicates,
        Saturation.limit(points));
  }

  private static double slope(double[] logs, double[] pairs) {
    return LinearFit.of(logs, Arrays.stream(pairs).map(Math::log).toArray()).slope();
  }

  /** (points, radii): how many others lie within each radius of each point. */
  private static long[][] near(PairDistances distances, double[] radii) {
    int points = distances.points();
    long[][] near = new long[points][radii.length];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        double distance = distances.at(i, j);
        for (int k = radii.length - 1; k >= 0 && distance <= radii[k] && j != i; k--) {
          near[i][k]++;
        }
      }
    }
    return near;
  }
}
