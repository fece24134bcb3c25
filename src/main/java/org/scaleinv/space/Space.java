package org.scaleinv.space;

import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.CheckedDistances;
import org.scaleinv.engine.DistanceGraph;

/** A finite set with distances, ready for an engine; whoever received it closes it. */
public sealed interface Space extends AutoCloseable {
  @Override
  default void close() {}

  /** @param coordinates (points, coordinates) F32, finite */
  record Points(Buffer coordinates) implements Space {
    @Override
    public void close() {
      coordinates.close();
    }
  }

  /** @param matrix sound */
  record Distances(CheckedDistances matrix) implements Space {
    @Override
    public void close() {
      matrix.close();
    }
  }

  /** Pairs that the graph does not hold are never joined. */
  record Graph(DistanceGraph graph) implements Space {}
}
