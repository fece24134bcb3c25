package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Settings;
import org.scaleinv.model.clouds.Orders;
import org.scaleinv.model.clouds.PointCloud;
import org.scaleinv.model.nulls.GaussianCloud;
import org.scaleinv.model.nulls.PermutedCloud;
import org.scaleinv.model.nulls.Seeds;
import org.scaleinv.statistics.Estimate;

/**
 * A cloud in one choice of coordinates, with the clouds that its subsamples are read against.
 *
 * @param nulls null clouds of a subsample's size, by the number of the draw
 */
record CloudForm(PointCloud points, IntFunction<PointCloud> nulls) {

  /** The cloud as it is. */
  static CloudForm whole(PointCloud points, PrincipalAxes axes, int size, String subject, Settings settings) {
    if (settings.nullModel() == NullModel.PERMUTED) {
      String purpose = "permuted cloud " + subject;
      return new CloudForm(
          points,
          draw -> new PointCloud(
              size,
              points.coordinates(),
              PermutedCloud.draw(
                  points.values(), points.points(), points.coordinates(), size, settings.seed(), purpose, draw)));
    }
    return new CloudForm(points, gaussian(axes.gaussian(), size, "gaussian cloud " + subject, settings));
  }

  /** The cloud along its first axes, beside Gaussian clouds whichever null model the whole is read against. */
  static CloudForm along(PrincipalAxes axes, int count, int size, String subject, Settings settings) {
    return new CloudForm(
        axes.first(count), gaussian(axes.gaussian(count), size, "gaussian axes " + subject, settings));
  }

  private static IntFunction<PointCloud> gaussian(GaussianCloud like, int size, String purpose, Settings settings) {
    return draw -> new PointCloud(size, like.variances().length, like.draw(size, settings.seed(), purpose, draw));
  }

  /**
   * What the invariants are on subsamples and on null clouds.
   *
   * @param first the topology of the first subsample
   * @param firstNulls of the first null clouds, as many as diagrams of them are kept
   */
  record Found(
      Repeats subsamples, Repeats nulls, Optional<CloudTopology> first, List<CloudTopology> firstNulls) {}

  /** @param size points of a subsample */
  Found measure(Homology homology, List<TopologyInvariant> invariants, int size, int draws, Settings settings) {
    Repeats subsamples = new Repeats(invariants);
    Optional<CloudTopology> first = Optional.empty();
    for (int i = 0; i < settings.clouds().subsamples(); i++) {
      int[] chosen = Orders.draw(size, points.points(), settings.seed(), "subsample", points.points(), i);
      Estimate<CloudTopology> topology =
          homology.of(points.of(chosen), Seeds.derive(settings.seed(), "invariants of a subsample", i));
      subsamples.add(topology);
      first = i == 0 ? topology.toOptional() : first;
    }
    Repeats drawn = new Repeats(invariants);
    List<CloudTopology> firstNulls = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      Estimate<CloudTopology> topology =
          homology.of(nulls.apply(draw), Seeds.derive(settings.seed(), "invariants of a null cloud", draw));
      drawn.add(topology);
      if (draw < DiagramArrays.NULLS) {
        topology.toOptional().ifPresent(firstNulls::add);
      }
    }
    return new Found(subsamples, drawn, first, firstNulls);
  }
}
