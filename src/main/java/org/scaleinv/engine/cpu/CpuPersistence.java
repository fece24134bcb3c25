package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.bindings.ScaleinvHomology;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.error.Cancelled;
import org.scaleinv.tensor.DType;

/** Persistent homology by the native engine. */
public final class CpuPersistence implements Persistence {
  private final CpuEngine engine;

  CpuPersistence(CpuEngine engine) {
    this.engine = engine;
  }

  /**
   * Critical simplices that were found elsewhere.
   *
   * @param counts (dimension) of dimensions 1, 2, …
   * @param vertices I32, dimension behind dimension, k + 1 of each of dimension k
   */
  public record Critical(long[] counts, MemorySegment vertices) {}

  @Override
  public PersistentHomology dense(Buffer distances, Rips rips, int threads, Progress progress) {
    return dense(distances, null, rips, threads, progress);
  }

  /** @param critical of exactly these distances up to the threshold of {@code rips}; null where they are not known */
  public PersistentHomology dense(Buffer distances, Critical critical, Rips rips, int threads, Progress progress) {
    CpuBuffer matrix = square(distances);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counts = MemorySegment.NULL;
      MemorySegment vertices = MemorySegment.NULL;
      if (critical != null) {
        counts = arena.allocateFrom(ValueLayout.JAVA_LONG, critical.counts());
        vertices = critical.vertices();
      }
      var hearing = new HomologyProgress(progress, arena);
      MemorySegment homology = arena.allocate(ValueLayout.ADDRESS);
      int status =
          ScaleinvHomology.scaleinv_homology_dense(
              matrix.elements(), matrix.rows(), counts, vertices, rips.dimension(), rips.modulus(), rips.threshold(),
              flags(rips), rips.memoryLimit(), threads, hearing.function(), MemorySegment.NULL, homology);
      check(status, hearing, () -> "persistent homology of " + matrix.rows() + " points");
      return HomologyReader.read(homology.get(ValueLayout.ADDRESS, 0), rips);
    }
  }

  @Override
  public PersistentHomology sparse(DistanceGraph graph, Rips rips, int threads, Progress progress) {
    try (Arena arena = Arena.ofConfined()) {
      var hearing = new HomologyProgress(progress, arena);
      MemorySegment homology = arena.allocate(ValueLayout.ADDRESS);
      int status =
          ScaleinvHomology.scaleinv_homology_sparse(
              graph.points(), arena.allocateFrom(ValueLayout.JAVA_LONG, graph.offsets()),
              arena.allocateFrom(ValueLayout.JAVA_INT, graph.partners()),
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, graph.lengths()), rips.dimension(), rips.modulus(),
              rips.threshold(), flags(rips), rips.memoryLimit(), threads, hearing.function(), MemorySegment.NULL,
              homology);
      check(
          status,
          hearing,
          () -> "persistent homology of " + graph.points() + " points with " + graph.pairs() + " pairs");
      return HomologyReader.read(homology.get(ValueLayout.ADDRESS, 0), rips);
    }
  }

  @Override
  public long bytes(long points, long edges, boolean sparse, Rips rips) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
      Native.check(
          ScaleinvHomology.scaleinv_homology_bytes(
              points, edges, sparse ? 1 : 0, rips.dimension(), flags(rips), bytes),
          () -> "memory of the persistent homology of " + points + " points with " + edges + " edges");
      long input = sparse ? (points + 1) * Long.BYTES + edges * 2 * Float.BYTES : points * points * Float.BYTES;
      return Math.addExact(input, bytes.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  private static void check(int status, HomologyProgress hearing, Supplier<String> operation) {
    hearing.rethrow();
    if (status == Scaleinv.SCALEINV_CANCELLED()) {
      throw new Cancelled();
    }
    Native.check(status, operation);
  }

  private CpuBuffer square(Buffer distances) {
    CpuBuffer mine = engine.own(distances);
    if (mine.dtype() != DType.F32 || mine.rows() != mine.columns()) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 n x n is needed");
    }
    return mine;
  }

  private static long flags(Rips rips) {
    long flags = rips.representatives() ? ScaleinvHomology.SCALEINV_HOMOLOGY_REPRESENTATIVES() : 0;
    flags |=
        switch (rips.collapse()) {
          case AUTO -> 0;
          case ALWAYS -> ScaleinvHomology.SCALEINV_HOMOLOGY_COLLAPSE();
          case NEVER -> ScaleinvHomology.SCALEINV_HOMOLOGY_NO_COLLAPSE();
        };
    for (Rips.Speedup off : rips.without()) {
      flags |=
          switch (off) {
            case CLEARING -> ScaleinvHomology.SCALEINV_HOMOLOGY_NO_CLEARING();
            case APPARENT_PAIRS -> ScaleinvHomology.SCALEINV_HOMOLOGY_NO_APPARENT();
            case EMERGENT_PAIRS -> ScaleinvHomology.SCALEINV_HOMOLOGY_NO_EMERGENT();
            case ENCLOSING_RADIUS -> ScaleinvHomology.SCALEINV_HOMOLOGY_NO_ENCLOSING_RADIUS();
            case LAZY_COBOUNDARIES -> ScaleinvHomology.SCALEINV_HOMOLOGY_NO_LAZY();
          };
    }
    return flags;
  }
}
