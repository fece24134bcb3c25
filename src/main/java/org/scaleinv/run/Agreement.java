package org.scaleinv.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.scaleinv.engine.Engine;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.invariant.InvariantFamilies;
import org.scaleinv.invariant.Settings;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Checkpoints;
import org.scaleinv.model.OpenCheckpoint;

/** The settings with which all models of a comparison are measured. */
public final class Agreement {
  private Agreement() {}

  /**
   * What the models' clouds agree on; where profiles are among the members, what their models agreed on.
   *
   * @param engine opened only where something has to be looked at
   */
  public static Settings among(List<Member> members, Settings settings, Supplier<Engine> engine, int threads) {
    if (settings.clouds() == null) {
      return settings;
    }
    Optional<CloudSettings> measured = members.stream()
        .filter(member -> !member.isModel())
        .map(member -> member.profile().settings().clouds())
        .filter(Objects::nonNull)
        .findFirst();
    if (measured.isPresent()) {
      List<Integer> tokens =
          settings.clouds().tokens() == null ? measured.get().tokens() : settings.clouds().tokens();
      return settings.with(settings.clouds().agreeing(tokens, measured.get().agreed()));
    }
    List<OpenCheckpoint> open = new ArrayList<>();
    try {
      members.forEach(member -> open.add(Checkpoints.open(member.location())));
      List<Checkpoint> family = open.stream().map(OpenCheckpoint::checkpoint).toList();
      Settings agreed = settings;
      for (String id : settings.families()) {
        agreed = InvariantFamilies.named(id).agreed(family, agreed, engine.get(), threads);
      }
      return agreed;
    } finally {
      open.forEach(OpenCheckpoint::close);
    }
  }
}
