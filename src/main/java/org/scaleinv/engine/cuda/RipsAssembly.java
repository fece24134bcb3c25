package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.Rips;
import org.scaleinv.engine.Rips.Speedup;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.EngineFailure;

/**
 * Assembles the columns of a reduction on the device: looks at the distances, lists and sorts the edges within the
 * threshold, and searches the critical simplices dimension by dimension.
 */
final class RipsAssembly {
  private final CudaEngine engine;
  private final CudaBuffer distances;
  private final Rips rips;
  private final long together;
  private final int dimensions;

  /**
   * @param distances (n, n) F32
   * @param together edges of a launch at most
   */
  RipsAssembly(CudaEngine engine, CudaBuffer distances, Rips rips, long together) {
    this.engine = engine;
    this.distances = distances;
    this.rips = rips;
    this.together = together;
    // n points have simplices up to dimension n − 1
    dimensions = (int) Math.min(rips.dimension(), distances.rows() - 1);
  }

  /**
   * Whether there are columns to assemble and the kernels can: up to {@link RipsEdges#MOST_POINTS} points, by apparent
   * pairs, with nothing to collapse.
   */
  boolean suits() {
    return dimensions >= 1
        && distances.rows() <= RipsEdges.MOST_POINTS
        && CriticalSimplices.fits(
            dimensions, RipsEdges.stride(distances.rows()), engine.device().sharedPerBlock())
        && rips.collapse() != Rips.Collapse.ALWAYS
        && !rips.without().contains(Speedup.APPARENT_PAIRS);
  }

  /**
   * The columns, in the memory of an arena; null where the distances are not sound or the device has no room. Only
   * inside {@link CudaEngine#perform}.
   */
  RipsColumns columns(Persistence.Progress progress, Arena arena) {
    RipsDistances inspected = RipsDistances.inspect(engine, distances);
    if (!inspected.sound()) {
      return null;
    }
    float threshold = threshold(inspected.enclosingRadius());
    try (var edges = new RipsEdges(engine, distances, threshold);
        Arena parts = Arena.ofConfined()) {
      if (edges.bytes() > engine.availableMemory()) {
        return null;
      }
      List<List<MemorySegment>> found = new ArrayList<>();
      if (edges.count() > 0) {
        edges.sort();
        try (var critical = new CriticalSimplices(engine, edges, together, parts)) {
          search(critical, edges.count(), progress, found);
        }
      }
      while (found.size() < rips.dimension()) {
        found.add(List.of());
      }
      return RipsColumns.join(threshold, found, arena);
    }
  }

  private float threshold(float enclosingRadius) {
    if (!Float.isNaN(rips.threshold())) {
      return rips.threshold();
    }
    return rips.without().contains(Speedup.ENCLOSING_RADIUS) ? Float.POSITIVE_INFINITY : enclosingRadius;
  }

  private void search(
      CriticalSimplices critical,
      long edges,
      Persistence.Progress progress,
      List<List<MemorySegment>> found) {
    for (int dimension = 1; dimension <= dimensions; dimension++) {
      if (dimension > 2 && dimension > critical.largestLune()) {
        return;
      }
      long before = (dimension - 1) * edges;
      found.add(
          critical.of(
              dimension,
              done -> {
                requireRoom(critical.bytes());
                if (!progress.at(-1, before + done, dimensions * edges)) {
                  throw new Cancelled();
                }
              }));
    }
  }

  private void requireRoom(long critical) {
    long bytes = distances.byteSize() + critical;
    if (rips.memoryLimit() > 0 && bytes > rips.memoryLimit()) {
      throw new EngineFailure(
          engine.name() + " engine: persistent homology of " + distances.rows() + " points needs more than "
              + rips.memoryLimit() + " bytes: distances and critical simplices take " + bytes);
    }
  }
}
