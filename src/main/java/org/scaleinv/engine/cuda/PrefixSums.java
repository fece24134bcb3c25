package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import org.scaleinv.tensor.DType;

/** Where things begin that were counted, by {@code kernels/prefix_sum.cu}. */
final class PrefixSums implements AutoCloseable {
  private static final int THREADS = 256;
  private static final int SEGMENT = 2048;

  private final CudaEngine engine;
  private final long segments;
  private CudaBuffer sums;
  private CudaBuffer offsets;

  /**
   * Only inside {@link CudaEngine#perform}, as everything here.
   *
   * @param counts at least one
   */
  PrefixSums(CudaEngine engine, CudaBuffer counts) {
    this.engine = engine;
    segments = Math.ceilDiv(counts.size(), SEGMENT);
    Driver.Grid grid = Driver.Grid.of(segments, THREADS);
    try {
      sums = engine.allocate(DType.I64, 1, segments + 1);
      offsets = engine.allocate(DType.I64, 1, counts.size() + 1);
      engine.kernels().launch("segment_sums", grid, 0, counts.address(), counts.size(), sums.address());
      engine.kernels().launch("segment_starts", Driver.Grid.of(1, THREADS), 0, sums.address(), segments);
      engine
          .kernels()
          .launch("prefix_sums", grid, 0, counts.address(), counts.size(), sums.address(), offsets.address());
    } catch (RuntimeException failed) {
      throw CudaEngine.abandoned(this, failed);
    }
  }

  /** Of (counts + 1) 64-bit sums on the device: what lies before each count, and at the end all. */
  long address() {
    return offsets.address();
  }

  /** All counts together; waits for them. */
  long total() {
    long[] starts = new long[Math.toIntExact(segments + 1)];
    engine.download(sums, MemorySegment.ofArray(starts));
    return starts[starts.length - 1];
  }

  @Override
  public void close() {
    for (CudaBuffer buffer : new CudaBuffer[] {offsets, sums}) {
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}
