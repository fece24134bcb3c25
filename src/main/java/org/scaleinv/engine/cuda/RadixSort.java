package org.scaleinv.engine.cuda;

import org.scaleinv.tensor.DType;

/** A stable sort on the device by 32-bit keys, by {@code kernels/radix_sort.cu}. */
final class RadixSort {
  private static final int THREADS = 256;
  private static final int TILE = 2048;
  private static final int DIGITS = 256;
  private static final int DIGIT_BITS = 8;

  private RadixSort() {}

  /** Bytes that a sort takes beside keys and values. */
  static long bytes(long count) {
    long counts = DIGITS * Math.ceilDiv(count, TILE);
    return 2 * Integer.BYTES * count + (Integer.BYTES + Long.BYTES) * counts;
  }

  /**
   * Sorts in place. Only inside {@link CudaEngine#perform}.
   *
   * @param keys at least one, compared as numbers without a sign
   * @param values as many; those of equal keys keep their order
   */
  static void sort(CudaEngine engine, CudaBuffer keys, CudaBuffer values) {
    long tiles = Math.ceilDiv(keys.size(), TILE);
    try (CudaBuffer otherKeys = engine.allocate(DType.I32, 1, keys.size());
        CudaBuffer otherValues = engine.allocate(DType.I32, 1, keys.size());
        CudaBuffer counts = engine.allocate(DType.I32, DIGITS, tiles)) {
      for (int shift = 0; shift < Integer.SIZE; shift += 2 * DIGIT_BITS) {
        pass(engine, shift, counts, keys, values, otherKeys, otherValues);
        pass(engine, shift + DIGIT_BITS, counts, otherKeys, otherValues, keys, values);
      }
    }
  }

  private static void pass(
      CudaEngine engine,
      int shift,
      CudaBuffer counts,
      CudaBuffer keys,
      CudaBuffer values,
      CudaBuffer sortedKeys,
      CudaBuffer sortedValues) {
    long count = keys.size();
    Driver.Grid grid = Driver.Grid.of(counts.columns(), THREADS);
    engine.kernels().launch("digit_counts", grid, 0, keys.address(), count, shift, counts.address());
    try (var places = new PrefixSums(engine, counts)) {
      engine
          .kernels()
          .launch(
              "digit_scatter",
              grid,
              0,
              keys.address(),
              values.address(),
              count,
              shift,
              places.address(),
              sortedKeys.address(),
              sortedValues.address());
    }
  }
}
