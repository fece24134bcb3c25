package org.scaleinv.invariant.topology;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.scaleinv.engine.Engine;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.invariant.Settings;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.clouds.Cloud;
import org.scaleinv.model.clouds.Clouds;
import org.scaleinv.model.clouds.TokenCloud;

/** Gives the models of a family the same tokens, and subsamples of one size: all that homology counts grows with it. */
final class FamilyAgreement {
  private final Settings settings;
  private final Engine engine;
  private final int threads;

  FamilyAgreement(Settings settings, Engine engine, int threads) {
    this.settings = settings;
    this.engine = engine;
    this.threads = threads;
  }

  CloudSettings among(List<Checkpoint> family) {
    CloudSettings clouds = settings.clouds();
    List<Integer> tokens = clouds.tokens() == null ? commonTokens(family) : clouds.tokens();
    return clouds.agreeing(tokens, points(family, tokens));
  }

  /** Null where the models show the same ones, or have different vocabularies and no tokens in common. */
  private List<Integer> commonTokens(List<Checkpoint> family) {
    Set<Set<Integer>> shown = new HashSet<>();
    Set<Long> vocabularies = new HashSet<>();
    for (Checkpoint model : family) {
      for (Cloud cloud : clouds(model, null)) {
        if (cloud instanceof TokenCloud) {
          vocabularies.add(cloud.size());
          int[] chosen = cloud.sample(engine, TokenCloud.EXAMINED, settings.seed(), threads).chosen();
          shown.add(new TreeSet<>(Arrays.stream(chosen).boxed().toList()));
        }
      }
    }
    if (vocabularies.size() != 1 || shown.size() == 1) {
      return null;
    }
    Set<Integer> common = new TreeSet<>(shown.iterator().next());
    shown.forEach(common::retainAll);
    return List.copyOf(common);
  }

  /** By role, where clouds have different sizes; those too small for any subsample are left out. */
  private SortedMap<String, Integer> points(List<Checkpoint> family, List<Integer> tokens) {
    Map<String, Set<Integer>> sizes = new HashMap<>();
    for (Checkpoint model : family) {
      for (Cloud cloud : clouds(model, tokens)) {
        int size = TopologyWork.subsample(available(cloud), settings.clouds().points());
        if (size >= TopologyWork.FEWEST) {
          sizes.computeIfAbsent(cloud.role(), role -> new TreeSet<>()).add(size);
        }
      }
    }
    SortedMap<String, Integer> least = new TreeMap<>();
    sizes.forEach((role, all) -> {
      if (all.size() > 1) {
        least.put(role, all.iterator().next());
      }
    });
    return least;
  }

  private long available(Cloud cloud) {
    boolean shows = cloud instanceof TokenCloud table && table.tokens() == null;
    return shows
        ? cloud.sample(engine, TokenCloud.EXAMINED, settings.seed(), threads).points().points()
        : cloud.size();
  }

  private List<Cloud> clouds(Checkpoint model, List<Integer> tokens) {
    return Clouds.of(model, tokens).stream()
        .filter(cloud -> settings.select() == null || settings.select().matcher(cloud.subject()).find())
        .toList();
  }
}
