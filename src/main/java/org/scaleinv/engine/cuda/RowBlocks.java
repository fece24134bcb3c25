package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Distances;
import org.scaleinv.tensor.DType;

/** A matrix (n, n) of F32 that is streamed by blocks of rows: the next is computed while the last one is copied. */
final class RowBlocks {
  /** Bytes of each of the two blocks that are under way. */
  private static final long BYTES = 16L << 20;

  private final CudaEngine engine;
  private final long n;
  private final Rows source;

  /** Puts rows from … from + count − 1 at a device address, (count, n). */
  @FunctionalInterface
  interface Rows {
    void compute(long from, long count, long target);
  }

  /** Only inside {@link CudaEngine#perform}, as everything here. */
  RowBlocks(CudaEngine engine, long n, Rows source) {
    this.engine = engine;
    this.n = n;
    this.source = source;
  }

  void stream(Distances.RowSink sink) {
    long together = rowsTogether();
    try (CudaBuffer one = engine.allocate(DType.F32, together, n);
        CudaBuffer other = engine.allocate(DType.F32, together, n);
        CudaEngine.Mark oneDone = engine.mark();
        CudaEngine.Mark otherDone = engine.mark();
        Arena arena = Arena.ofConfined()) {
      CudaBuffer[] blocks = {one, other};
      CudaEngine.Mark[] done = {oneDone, otherDone};
      MemorySegment host = arena.allocate(together * n * Float.BYTES, Float.BYTES);
      compute(0, Math.min(together, n), one, oneDone);
      int turn = 0;
      for (long from = 0; from < n; from += together) {
        long next = from + together;
        if (next < n) {
          compute(next, Math.min(together, n - next), blocks[1 - turn], done[1 - turn]);
        }
        long count = Math.min(together, n - from);
        MemorySegment rows = host.asSlice(0, count * n * Float.BYTES);
        engine.download(blocks[turn], rows, done[turn]);
        sink.accept(from, count, rows.asReadOnly());
        turn = 1 - turn;
      }
    }
  }

  private void compute(long from, long count, CudaBuffer block, CudaEngine.Mark done) {
    source.compute(from, count, block.address());
    done.set();
  }

  /** Whole tiles of rows where they fit; both blocks take half of the free memory at most. */
  private long rowsTogether() {
    long bytes = Math.min(BYTES, engine.availableMemory() / 4);
    long rows = Math.clamp(bytes / (n * Float.BYTES), 1, n);
    return rows < PreparedPoints.TILE ? rows : rows / PreparedPoints.TILE * PreparedPoints.TILE;
  }
}
