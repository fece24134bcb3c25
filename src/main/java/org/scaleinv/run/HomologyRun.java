package org.scaleinv.run;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.SortedMap;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.CheckedDistances;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.report.HomologyReport;
import org.scaleinv.report.HomologyReport.Input;
import org.scaleinv.report.HomologyReport.Range;
import org.scaleinv.space.Form;
import org.scaleinv.space.Space;
import org.scaleinv.space.SpaceSource;

/** The persistent homology of one input. */
public final class HomologyRun {
  /** Points that tell how many pairs lie within the threshold. */
  private static final int SAMPLE = 256;

  /** Clouds of fewer points are always dense: their distances take 4 MB at most. */
  private static final int FEW_POINTS = 1024;

  /** Where a smaller share of the pairs lies within the threshold, a graph takes less room than a matrix. */
  private static final double SMALL_SHARE = 0.125;

  private final SpaceSource source;
  private final Metric metric;
  private final Engine engine;
  private final int threads;
  private final Rips rips;
  private final long limit;
  private final boolean machineIsLimit;
  private final boolean graph;

  /**
   * @param metric between points
   * @param rips whose limit of memory may be 0: then it is this machine's memory
   * @throws EngineFailure when the work cannot fit, with the bytes
   */
  public HomologyRun(SpaceSource source, Metric metric, Rips rips, Engine engine, int threads) {
    this.source = source;
    this.metric = metric;
    this.engine = engine;
    this.threads = threads;
    this.machineIsLimit = rips.memoryLimit() == 0;
    this.limit = machineIsLimit ? Machine.memory() : rips.memoryLimit();
    this.rips = rips.inMemory(limit);
    this.graph = source.form() == Form.GRAPH || source.form() == Form.POINTS && graphPays();
  }

  /** Whether a matrix does not fit, or only few of a sample's pairs lie within the threshold. */
  private boolean graphPays() {
    if (Float.isNaN(rips.threshold()) || source.points() < FEW_POINTS) {
      return false;
    }
    return matrixBytes() > limit || shareWithin() < SMALL_SHARE;
  }

  private double shareWithin() {
    try (Buffer sample = source.sample(engine, SAMPLE);
        Buffer distances = engine.distances().all(sample, metric, threads)) {
      float[] values = new float[(int) (distances.rows() * distances.columns())];
      engine.download(distances, MemorySegment.ofArray(values));
      long within = -distances.rows();
      for (float value : values) {
        within += value <= rips.threshold() ? 1 : 0;
      }
      return within / (double) (values.length - distances.rows());
    }
  }

  private long matrixBytes() {
    return cloudBytes() + engine.persistence().bytes(source.points(), source.pairs(), false, rips);
  }

  /** A graph of points is not known before it is found: no pair of it is counted. */
  private long graphBytes() {
    long pairs = source.form() == Form.GRAPH ? source.pairs() : 0;
    return cloudBytes() + engine.persistence().bytes(source.points(), pairs, true, rips);
  }

  /** Coordinates, and their copy in the form that kernels read. */
  private long cloudBytes() {
    return 2 * source.points() * source.coordinates() * Float.BYTES;
  }

  private long bytes() {
    return graph ? graphBytes() : matrixBytes();
  }

  /** What the work would take, for a person to read. */
  public String dryRun() {
    String pairs = source.form() == Form.GRAPH
        ? source.pairs() + " listed"
        : source.pairs() + (Float.isNaN(rips.threshold()) ? "" : " at most, as far as they lie within the threshold");
    return "input: " + source.name() + ": " + source.description() + "\n"
        + "edges: " + pairs + "\n"
        + "distances: " + (graph ? "as a graph" : "as a matrix") + "\n"
        + "memory: at least " + Sizes.bytes(bytes()) + (graph && source.form() == Form.POINTS ? " and the graph" : "")
        + "; " + allowance() + "\n"
        + "Columns that reduce badly come on top. Nothing was computed.\n";
  }

  private String allowance() {
    return (machineIsLimit ? "this machine has " : "--memory allows ") + Sizes.bytes(limit);
  }

  /** @param started when the command began */
  public HomologyReport compute(Progress progress, Instant started) {
    requireRoom();
    DeviceUse before = DeviceUse.of(engine);
    try (Space space = source.load(engine, threads)) {
      // where nobody listens, native code has nothing to call back
      var hearing = progress == Progress.NONE ? Persistence.Progress.NONE : new HomologyStages(progress);
      return switch (space) {
        case Space.Points(Buffer points) -> ofPoints(points, hearing, started, before);
        case Space.Distances(CheckedDistances matrix) -> ofMatrix(matrix, hearing, started, before);
        case Space.Graph(DistanceGraph pairs) -> ofGraph(pairs, hearing, started, before);
      };
    }
  }

  private void requireRoom() {
    long bytes = bytes();
    if (bytes > limit) {
      throw new EngineFailure(
          source.name() + ": the homology of " + source.points() + " points in dimensions up to " + rips.dimension()
              + " needs at least " + Sizes.bytes(bytes) + ", and " + allowance() + "; a smaller --threshold or --dim "
              + "needs less");
    }
  }

  private HomologyReport ofPoints(Buffer points, Persistence.Progress hearing, Instant started, DeviceUse before) {
    if (graph) {
      DistanceGraph pairs = engine.distances().within(points, metric, rips.threshold(), threads);
      return ofGraph(pairs, hearing, started, before);
    }
    CheckedDistances matrix;
    Buffer distances = engine.distances().all(points, metric, threads);
    try {
      matrix = source.sound(engine.distances().checked(distances, threads));
    } catch (RuntimeException failed) {
      distances.close();
      throw failed;
    }
    try (matrix) {
      return ofMatrix(matrix, hearing, started, before);
    }
  }

  private HomologyReport ofMatrix(
      CheckedDistances matrix, Persistence.Progress hearing, Instant started, DeviceUse before) {
    PersistentHomology homology = engine.persistence().dense(matrix.distances(), rips, threads, hearing);
    return report(homology, new Range(matrix.least(), matrix.greatestFinite()), started, before);
  }

  private HomologyReport ofGraph(DistanceGraph pairs, Persistence.Progress hearing, Instant started, DeviceUse before) {
    return report(engine.persistence().sparse(pairs, rips, threads, hearing), null, started, before);
  }

  private HomologyReport report(PersistentHomology homology, Range range, Instant started, DeviceUse before) {
    DeviceUse use = DeviceUse.of(engine).since(before);
    SortedMap<String, Object> provenance = Provenance.since(started, threads);
    provenance.put("launches", use.launches());
    provenance.put("handed_to_cpu", use.handedToCpu());
    provenance.put("peak_bytes", homology.peakBytes());
    provenance.put("collapsed_edges", homology.collapsedEdges() < 0 ? null : homology.collapsedEdges());
    provenance.put("columns", homology.columns());
    provenance.put("additions", homology.additions());
    boolean points = source.form() == Form.POINTS;
    var input = new Input(
        source.name(), source.points(), points ? source.coordinates() : null, points ? metric : null,
        source.form() == Form.GRAPH, source.pairs());
    return new HomologyReport(input, range, engine.name(), rips, homology, provenance);
  }
}
