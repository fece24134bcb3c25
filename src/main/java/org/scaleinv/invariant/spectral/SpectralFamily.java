package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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

  /** By settings, so that the models of a family share the nulls of equal shapes. */
  private final Map<Settings, NullReference> references = new ConcurrentHashMap<>();

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
    NullReference nulls = references.computeIfAbsent(settings, NullReference::new);
    List<Work> work = new ArrayList<>();
    model.matrices().stream().map(MatrixPart::new).filter(part -> selected(part, settings))
        .forEach(part -> work.add(new SpectralWork(part.subject(), List.of(part), settings, nulls)));
    SortedMap<Integer, List<Part>> heads = new TreeMap<>();
    model.circuits().stream().map(CircuitPart::new).filter(part -> selected(part, settings))
        .forEach(part -> heads.computeIfAbsent(part.layer(), layer -> new ArrayList<>()).add(part));
    heads.forEach(
        (layer, parts) -> work.add(new SpectralWork("heads of layer " + layer, List.copyOf(parts), settings, nulls)));
    return work;
  }

  private static boolean selected(Part part, Settings settings) {
    return settings.select() == null || settings.select().matcher(part.subject()).find();
  }

  @Override
  public List<Measurement> summarise(Checkpoint model, List<Findings> parts, Settings settings) {
    return new Summary(invariants(), model, parts, settings).rows();
  }
}
