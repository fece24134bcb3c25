package org.scaleinv.engine;

import java.lang.foreign.MemorySegment;
import org.scaleinv.tensor.Tensor;

/**
 * Distances between the rows of an F32 buffer (n points, d ≥ 1 coordinates), in F32.
 *
 * <p>The distance of i and j is the same number to the bit in every method, in both orders, for any number of threads and
 * however the work is cut; from a point to itself it is exactly 0 (for points that have a distance at all). Sums run in
 * single precision; pairs nearer than d² &lt; 1e-3·(‖x‖² + ‖y‖²), or whose squares leave its range, are computed from
 * differences, so that near-duplicates keep their digits. Where d² itself leaves the range, a Euclidean distance comes out
 * as 0 or infinite. A NaN or infinite coordinate makes NaN or infinite distances, of that point only.
 *
 * @see Metric
 */
public interface Distances {
  /** All distances: (n, n). */
  default Buffer all(Buffer points, Metric metric, int threads) {
    return rows(points, metric, 0, points.rows(), threads);
  }

  /** Rows {@code from} … {@code from + count − 1} of {@link #all}: (count, n). */
  Buffer rows(Buffer points, Metric metric, long from, long count, int threads);

  /** All distances on the host, block of rows by block of rows, with engine memory for a few blocks only. */
  void stream(Buffer points, Metric metric, int threads, RowSink sink);

  /**
   * The graph of the pairs with distance ≤ threshold (NaN is not); memory grows with its pairs, not with n².
   *
   * @throws org.scaleinv.error.EngineFailure when there are more than 2³¹ − 9 pairs, naming how many
   */
  DistanceGraph within(Buffer points, Metric metric, float threshold, int threads);

  /**
   * Distances that were computed elsewhere, completed and checked; −0 becomes 0.
   *
   * @param given F32: (n(n − 1)/2) for a triangle, (n, n) for a square; read once
   */
  CheckedDistances matrix(Tensor given, Packing packing, int threads);

  /** The same of distances that lie in a buffer (n, n), which becomes that of the answer. */
  CheckedDistances checked(Buffer distances, int threads);

  /** Receives blocks of rows in order. */
  @FunctionalInterface
  interface RowSink {
    /** @param distances (count, n) floats, valid during the call */
    void accept(long from, long count, MemorySegment distances);
  }
}
