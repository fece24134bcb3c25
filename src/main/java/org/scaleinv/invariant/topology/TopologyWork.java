package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.BadInput;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.NullValue;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.invariant.Row;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Subject;
import org.scaleinv.invariant.Work;
import org.scaleinv.invariant.topology.CloudForm.Found;
import org.scaleinv.model.clouds.Cloud;
import org.scaleinv.model.clouds.Cloud.Sample;
import org.scaleinv.model.clouds.PointCloud;

/** Measures every invariant on repeated subsamples of one cloud, beside its null. */
record TopologyWork(Cloud cloud, Settings settings) implements Work {
  /** Subsamples that share nearly all points would hardly differ: four fifths of the cloud at most. */
  private static final double SHARE = 0.8;

  /** Points of a subsample, at least. */
  static final int FEWEST = 16;

  /** Points that subsamples are taken of, over those of a subsample. */
  private static final int POOL = 4;

  /** The common dimension of the second form. */
  private static final int AXES = 8;

  /** Homology up to dimension 2 and all invariants, in operations of a Gram matrix a cube of the points; measured. */
  private static final double OPERATIONS = 30;

  /** Points of a subsample of a cloud. */
  static int subsample(long points, int most) {
    return (int) Math.min(most, (long) (SHARE * points));
  }

  @Override
  public String subject() {
    return cloud.subject();
  }

  @Override
  public double flops() {
    double size = subsample(cloud.size(), settings.clouds().points(cloud.role()));
    double clouds = 2.0 * (settings.clouds().subsamples() + draws());
    return cloud.flops() + clouds * size * size * (cloud.coordinates() + OPERATIONS * size);
  }

  @Override
  public long bytes() {
    long pool = Math.min(cloud.size(), (long) POOL * settings.clouds().points());
    long size = subsample(cloud.size(), settings.clouds().points(cloud.role()));
    return cloud.bytes() + (5 * pool * cloud.coordinates() + 16 * size * size) * Double.BYTES;
  }

  /** As many null clouds as subsamples, unless fewer are asked for. */
  private int draws() {
    return Math.min(settings.nullDraws(), settings.clouds().subsamples());
  }

  @Override
  public Findings measure(Engine engine, int threads) {
    try {
      int pool = POOL * settings.clouds().points();
      return measure(cloud.sample(engine, pool, settings.seed(), threads), engine, threads);
    } catch (BadInput e) {
      if (!Findings.concernsOnePart(e)) {
        throw e;
      }
      return new Findings(List.of(), new TreeMap<>(), List.of(new Unmeasured(subject(), e.getMessage())));
    }
  }

  private Findings measure(Sample sample, Engine engine, int threads) {
    CloudSettings clouds = settings.clouds();
    PointCloud points = sample.points();
    List<TopologyInvariant> invariants = TopologyInvariants.upTo(clouds.dimension());
    int size = subsample(points.points(), clouds.points(cloud.role()));
    if (size < FEWEST) {
      String reason = "subsamples of the cloud of %d points have %d, at least %d are needed"
          .formatted(points.points(), size, FEWEST);
      return new Findings(notApplicable(invariants, reason, sample), new TreeMap<>(), List.of());
    }
    Homology homology = new Homology(engine, clouds.dimension(), threads);
    PrincipalAxes axes = PrincipalAxes.of(engine, points);
    Found found = CloudForm.whole(points, axes, size, subject(), settings)
        .measure(homology, invariants, size, draws(), settings);
    Found along = axes.rank() < AXES ? null
        : CloudForm.along(axes, AXES, size, subject(), settings)
            .measure(homology, invariants, size, draws(), settings);
    List<Measurement> rows = new ArrayList<>();
    for (TopologyInvariant invariant : invariants) {
      Outcome outcome = withSecondForm(withNullReason(found, invariant), along, invariant)
          .with("points", size).with("cloud", points.points()).with("coordinates", points.coordinates());
      rows.add(row(invariant, outcome, found.nulls().nullValue(invariant), sample));
    }
    return new Findings(List.copyOf(rows), diagrams(found), List.of());
  }

  private List<Measurement> notApplicable(List<TopologyInvariant> invariants, String reason, Sample sample) {
    return invariants.stream()
        .map(invariant -> row(invariant, Outcome.notApplicable(reason), null, sample))
        .toList();
  }

  private Measurement row(TopologyInvariant invariant, Outcome outcome, NullValue nullValue, Sample sample) {
    Outcome whole = outcome;
    for (Map.Entry<String, Object> fact : sample.facts().entrySet()) {
      whole = whole.with(fact.getKey(), fact.getValue());
    }
    Subject subject = new Subject(Scope.TENSOR, cloud.subject(), cloud.role(), cloud.layer(), null);
    return new Row(invariant.info(), whole, nullValue).about(subject);
  }

  /** A value that has no null although nulls were drawn says why. */
  private static Outcome withNullReason(Found found, TopologyInvariant invariant) {
    Outcome outcome = found.subsamples().outcome(invariant);
    return !outcome.applicable() ? outcome
        : found.nulls().notApplicable(invariant).map(reason -> outcome.with("null_not_applicable", reason))
            .orElse(outcome);
  }

  private static Outcome withSecondForm(Outcome outcome, Found along, TopologyInvariant invariant) {
    if (along == null) {
      return outcome;
    }
    Outcome second = along.subsamples().outcome(invariant);
    NullValue secondNull = along.nulls().nullValue(invariant);
    Outcome both = second.applicable() ? outcome.with("axes_" + AXES, second.value()) : outcome;
    return second.applicable() && secondNull != null
        ? both.with("axes_" + AXES + "_null", secondNull.mean())
        : both;
  }

  /** The diagrams of the first subsample and, where there are enough, of the first null clouds. */
  private SortedMap<String, Array> diagrams(Found found) {
    SortedMap<String, Array> arrays = new TreeMap<>();
    found.first().ifPresent(
        topology -> arrays.put(DiagramArrays.found(subject()), DiagramArrays.table(topology.barcodes())));
    for (int draw = 0; draw < found.firstNulls().size(); draw++) {
      arrays.put(
          DiagramArrays.ofNull(subject(), draw), DiagramArrays.table(found.firstNulls().get(draw).barcodes()));
    }
    return arrays;
  }
}
