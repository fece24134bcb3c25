package org.scaleinv.engine;

import java.util.List;

/**
 * Diagrams of dimensions 0, 1, … and what it took to find them.
 *
 * @param diagrams by dimension
 * @param threshold the length up to which the filtration was built
 * @param edges within the threshold
 * @param collapsedEdges that the collapse left, −1 where there was none
 * @param columns that were reduced
 * @param additions of columns to others
 * @param peakBytes the most that was allocated at one time, the input included
 */
public record PersistentHomology(
    List<Diagram> diagrams,
    float threshold,
    long edges,
    long collapsedEdges,
    long columns,
    long additions,
    long peakBytes) {

  public Diagram diagram(int dimension) {
    return diagrams.get(dimension);
  }
}
