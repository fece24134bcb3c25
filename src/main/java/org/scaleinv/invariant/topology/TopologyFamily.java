package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaleinv.engine.Engine;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.InvariantFamily;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.RoleRows;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.clouds.Cloud;
import org.scaleinv.model.clouds.Clouds;

/** Invariants of point clouds: persistent homology and intrinsic dimension; see docs/invariants.md. */
public final class TopologyFamily implements InvariantFamily {
  /** The dimension up to which invariants are known without settings. */
  private static final int LISTED = 2;

  private static final Pattern NUMBER = Pattern.compile("_(\\d{1,2})(?!\\d)");

  @Override
  public String id() {
    return "topology";
  }

  @Override
  public List<InvariantInfo> invariants() {
    return infos(LISTED);
  }

  /** The first number in an id is its dimension; ids without one are found as well. */
  @Override
  public Optional<InvariantInfo> invariant(String id) {
    Matcher number = NUMBER.matcher(id);
    int dimension = number.find() ? Math.max(LISTED, Integer.parseInt(number.group(1))) : LISTED;
    return infos(dimension).stream().filter(info -> info.id().equals(id)).findFirst();
  }

  private static List<InvariantInfo> infos(int dimension) {
    return TopologyInvariants.upTo(dimension).stream().map(TopologyInvariant::info).toList();
  }

  @Override
  public Settings agreed(List<Checkpoint> family, Settings settings, Engine engine, int threads) {
    return settings.with(new FamilyAgreement(settings, engine, threads).among(family));
  }

  @Override
  public List<Work> work(Checkpoint model, Settings settings) {
    List<Cloud> clouds = Clouds.of(model, settings.clouds().tokens());
    List<String> stacks = Clouds.stacks(model);
    if (clouds.isEmpty() && stacks.isEmpty()) {
      return List.of(NoCloud.inModel(model.name()));
    }
    List<Work> work = new ArrayList<>();
    clouds.stream().filter(cloud -> selected(cloud.subject(), settings))
        .forEach(cloud -> work.add(new TopologyWork(cloud, settings)));
    stacks.stream().filter(stack -> selected(stack, settings)).forEach(stack -> work.add(NoCloud.inStack(stack)));
    return work;
  }

  private static boolean selected(String subject, Settings settings) {
    return settings.select() == null || settings.select().matcher(subject).find();
  }

  @Override
  public List<Measurement> summarise(Checkpoint model, List<Findings> parts, Settings settings) {
    return new RoleRows(infos(settings.clouds().dimension()), parts).rows((role, ofRole, inLayers) -> List.of());
  }
}
