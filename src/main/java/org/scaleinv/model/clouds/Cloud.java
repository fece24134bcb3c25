package org.scaleinv.model.clouds;

import java.util.Collections;
import java.util.SortedMap;
import org.scaleinv.engine.Engine;

/** Parts of a model that are points of one space: the points of a cloud. */
public interface Cloud {
  /** "wte.weight", "h.0.mlp.c_fc.weight". */
  String subject();

  String role();

  /** Null where it belongs to none. */
  Integer layer();

  /** How many points there are before any is left out. */
  long size();

  long coordinates();

  /** Operations that a sample takes besides reading its points. */
  double flops();

  /** Memory that a sample takes besides its points, in bytes. */
  long bytes();

  /**
   * A sample of the points: a function of the seed, the number of points and what is left out alone, so that the models
   * of a family give corresponding points.
   *
   * @param most points at most
   * @throws org.scaleinv.error.BadInput when they cannot be read as numbers
   */
  Sample sample(Engine engine, int most, long seed, int threads);

  /**
   * Points in random order.
   *
   * @param chosen numbers of the points among all
   * @param facts for the detail of every measurement of the cloud
   */
  record Sample(PointCloud points, int[] chosen, SortedMap<String, Object> facts) {
    public Sample {
      facts = Collections.unmodifiableSortedMap(facts);
    }
  }
}
