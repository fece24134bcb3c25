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
      new PowerLawExponent(),
      new BulkSigma(),
      new BulkSpikes(),
      new SpacingRatio(),
      new Moment(2),
      new Moment(3),
      new Moment(4),
      new Moment(5),
      new Moment(6),
      new LogDeterminant());

  private static final List<SpectralInvariant> OF_PRODUCTS =
      INVARIANTS.stream().filter(SpectralInvariant::ofProducts).toList();

  /** Those that mean something for the spectrum. */
  static List<SpectralInvariant> of(Spectrum spectrum) {
    return spectrum.isProduct() ? OF_PRODUCTS : INVARIANTS;
  }

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
    NullReference nulls = new NullReference(settings);
    return Stream.<Part>concat(
            model.matrices().stream().map(MatrixPart::new), model.circuits().stream().map(CircuitPart::new))
        .filter(part -> settings.select() == null || settings.select().matcher(part.subject()).find())
        .<Work>map(part -> new SpectralWork(part, settings, nulls))
        .toList();
  }

  @Override
  public List<Measurement> summarise(Checkpoint model, List<Findings> parts, Settings settings) {
    return new Summary(invariants(), model, parts, settings).rows();
  }
}
