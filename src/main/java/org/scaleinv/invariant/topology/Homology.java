package org.scaleinv.invariant.topology;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Persistence.Progress;
import org.scaleinv.engine.Rips;
import org.scaleinv.model.clouds.PointCloud;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.dimension.PairDistances;

/**
 * Finds the topology of clouds by Euclidean distances.
 *
 * @param dimension the highest
 */
record Homology(Engine engine, int dimension, int threads) {

  /** @param seed of what invariants draw at random */
  Estimate<CloudTopology> of(PointCloud cloud, long seed) {
    try (Buffer points = cloud.upload(engine);
        Buffer distances = engine.distances().all(points, Metric.EUCLIDEAN, threads)) {
      List<Diagram> diagrams =
          engine.persistence().dense(distances, Rips.upTo(dimension), threads, Progress.NONE).diagrams();
      return CloudTopology.of(diagrams, new PairDistances(cloud.points(), download(distances)), seed);
    }
  }

  private float[] download(Buffer distances) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_FLOAT, distances.rows() * distances.columns());
      engine.download(distances, host);
      return host.toArray(ValueLayout.JAVA_FLOAT);
    }
  }
}
