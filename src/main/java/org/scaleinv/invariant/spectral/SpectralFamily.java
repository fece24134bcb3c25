package org.scaleinv.invariant.spectral;

import java.util.List;
import java.util.stream.Stream;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.InvariantFamily;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;

/** Invariants of the singular values of weight matrices and of heads' products; see docs/invariants.md. */
public final class SpectralFamily implements InvariantFamily {
  /** In the order of their rows. */
  static final List<SpectralInvariant> INVARIANTS = List.of(
      new NormToMarchenkoPasturEdge(),
      new StableRank(),
      new EffectiveRank(),
      new ParticipationRatio(),
      new Gap(),
      new SpacingRatio(),
      new Moment(2),
      new Moment(3),
      new Moment(4),
      new Moment(5),
      new Moment(6),
      new LogDeterminant());

  @Override
  public String id() {
    return "spectral";
  }

  @Override
  public List<InvariantInfo> invariants() {
    return Stream.concat(INVARIANTS.stream().map(SpectralInvariant::info), Stream.of(DepthNorm.INFO)).toList();
  }

  @Override
  public List<Work> work(Checkpoint model, Settings settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Measurement> summarise(Checkpoint model, List<Findings> parts, Settings settings) {
    throw new UnsupportedOperationException();
  }
}
