package org.scaleinv.invariant;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What point clouds are made of and how far their homology is computed.
 *
 * @param dimension the highest dimension of homology, from 0
 * @param points of a subsample, at most
 * @param subsamples of each cloud
 * @param tokens whose embeddings make a cloud, ascending; null for those that occur in training, as each model shows it
 * @param agreed points of a subsample by role, where the models of a family have different numbers
 */
public record CloudSettings(
    int dimension, int points, int subsamples, List<Integer> tokens, SortedMap<String, Integer> agreed) {
  public static final CloudSettings DEFAULT = new CloudSettings(2, 256, 16, null, new TreeMap<>());

  public CloudSettings {
    tokens = tokens == null ? null : List.copyOf(tokens);
    agreed = Collections.unmodifiableSortedMap(new TreeMap<>(agreed));
  }

  /** The most points of a subsample of that role. */
  public int points(String role) {
    return agreed.getOrDefault(role, points);
  }

  public CloudSettings agreeing(List<Integer> common, SortedMap<String, Integer> points) {
    return new CloudSettings(dimension, this.points, subsamples, common, points);
  }

  @Override
  public String toString() {
    return "dimension " + dimension + ", " + points + " points, " + subsamples + " subsamples, "
        + (tokens == null ? "tokens as found" : tokens.size() + " tokens given, #" + tokens.hashCode())
        + (agreed.isEmpty() ? "" : ", agreed on " + agreed);
  }
}
