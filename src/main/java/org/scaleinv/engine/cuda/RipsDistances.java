package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import org.scaleinv.tensor.DType;

/**
 * What one look at distances (n, n) on the device tells, by {@code kernels/vietoris_rips.cu}.
 *
 * @param sound whether they are symmetric to the bit, 0 on the diagonal and ≥ 0
 * @param enclosingRadius the smallest distance within which some point has all others; of sound distances alone
 */
record RipsDistances(boolean sound, float enclosingRadius) {
  private static final int THREADS = 256;
  private static final int TILE = 32;

  /** Only inside {@link CudaEngine#perform}. */
  static RipsDistances inspect(CudaEngine engine, CudaBuffer distances) {
    long n = distances.rows();
    long tiles = Math.ceilDiv(n, TILE);
    try (CudaBuffer longest = engine.allocateZeros(DType.F32, 1, n);
        CudaBuffer faults = engine.allocateZeros(DType.I32, 1, 1)) {
      engine
          .kernels()
          .launch(
              "inspect_distances",
              Driver.Grid.of(tiles * (tiles + 1) / 2, THREADS),
              0,
              distances.address(),
              n,
              longest.address(),
              faults.address());
      float[] lengths = new float[Math.toIntExact(n)];
      engine.download(longest, MemorySegment.ofArray(lengths));
      int[] found = new int[1];
      engine.download(faults, MemorySegment.ofArray(found));
      float radius = Float.POSITIVE_INFINITY;
      for (float length : lengths) {
        radius = Math.min(radius, length);
      }
      return new RipsDistances(found[0] == 0, radius);
    }
  }
}
