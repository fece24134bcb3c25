package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a reduction: the critical simplices of dimensions 1, 2, … of a Vietoris–Rips filtration, on the host.
 *
 * @param threshold up to which the filtration was built
 * @param counts (dimension)
 * @param vertices of 32 bits, as many to a simplex as it has, dimension behind dimension
 */
record RipsColumns(float threshold, long[] counts, MemorySegment vertices) {

  /** Blocks of simplices, one list a dimension, as one. */
  static RipsColumns join(float threshold, List<List<MemorySegment>> found, Arena arena) {
    long[] counts = new long[found.size()];
    List<MemorySegment> blocks = new ArrayList<>();
    long bytes = 0;
    for (int k = 0; k < counts.length; k++) {
      long before = bytes;
      for (MemorySegment block : found.get(k)) {
        blocks.add(block);
        bytes += block.byteSize();
      }
      counts[k] = (bytes - before) / Integer.BYTES / (k + 2);
    }
    // a place, also where nothing was found
    MemorySegment vertices = arena.allocate(Math.max(bytes, Integer.BYTES), Integer.BYTES);
    long at = 0;
    for (MemorySegment block : blocks) {
      MemorySegment.copy(block, 0, vertices, at, block.byteSize());
      at += block.byteSize();
    }
    return new RipsColumns(threshold, counts, vertices);
  }
}
