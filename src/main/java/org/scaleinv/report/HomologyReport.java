package org.scaleinv.report;

import java.util.SortedMap;
import org.scaleinv.engine.CheckedDistances;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;

/**
 * The persistent homology of an input, and how it was found.
 *
 * @param range of the distances; null where they were never all known
 * @param provenance what may differ between two runs with equal results
 */
public record HomologyReport(
    Input input,
    Range range,
    String engine,
    Rips rips,
    PersistentHomology homology,
    SortedMap<String, Object> provenance) {

  /**
   * What was read.
   *
   * @param name of the file, safe to print
   * @param coordinates of each point; null for distances
   * @param metric between points; null for distances
   * @param graph whether only some pairs were listed
   * @param pairs listed, or n(n − 1)/2
   */
  public record Input(String name, long points, Long coordinates, Metric metric, boolean graph, long pairs) {}

  /** The least distance of two points, and the greatest finite one; as in {@link CheckedDistances}. */
  public record Range(float least, float greatestFinite) {}
}
