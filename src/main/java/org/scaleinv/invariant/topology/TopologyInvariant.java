package org.scaleinv.invariant.topology;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/** One invariant of a point cloud. Stateless, safe for use by several threads at once. */
public interface TopologyInvariant {
  InvariantInfo info();

  Outcome of(CloudTopology cloud);
}
