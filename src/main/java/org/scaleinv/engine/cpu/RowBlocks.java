package org.scaleinv.engine.cpu;

import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Distances;
import org.scaleinv.tensor.DType;

/** A matrix (n, n) of F32 that is streamed by blocks of rows, as native tiles compute it. */
final class RowBlocks {
  /** Bytes of a block, where one step of rows is not more. */
  private static final long BYTES = 16L << 20;

  /** Rows of a block come in multiples of the sides of native tiles. */
  private static final long STEP = 96;

  private RowBlocks() {}

  @FunctionalInterface
  interface Rows {
    void compute(long from, long count, MemorySegment target);
  }

  static void stream(CpuEngine engine, long n, Rows source, Distances.RowSink sink) {
    if (n == 0) {
      return;
    }
    long steps = Math.max(1, BYTES / (n * Float.BYTES * STEP));
    long together = Math.min(n, steps * STEP);
    try (var block = new CpuBuffer(engine, DType.F32, together, n)) {
      for (long from = 0; from < n; from += together) {
        long count = Math.min(together, n - from);
        MemorySegment rows = block.elements().asSlice(0, count * n * Float.BYTES);
        source.compute(from, count, rows);
        sink.accept(from, count, rows.asReadOnly());
      }
    }
  }
}
