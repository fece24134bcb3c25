package org.scaleinv.model.nulls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** A matrix's own entries in random order: their distribution stays, all that relates them to each other goes. */
public final class PermutedNull {
  private PermutedNull() {}

  /**
   * Reads the whole matrix into memory of the arena and shuffles it (Fisher and Yates).
   *
   * @param purpose what the permutation is of; with seed and draw it determines the order
   */
  public static Matrix permute(Matrix matrix, Arena arena, long seed, String purpose, int draw) {
    long size = Math.multiplyExact(matrix.rows(), matrix.columns());
    long width = matrix.dtype().bytes();
    MemorySegment elements = arena.allocate(size * width, Long.BYTES);
    matrix.read(matrix.whole(), elements);
    shuffle(elements, size, width, RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, purpose, draw)));
    Shape shape = Shape.of(matrix.rows(), matrix.columns());
    return Matrix.of(Tensor.of(matrix.tensor().name(), matrix.dtype(), shape, elements));
  }

  private static void shuffle(MemorySegment elements, long size, long width, UniformRandomProvider random) {
    MemorySegment held = MemorySegment.ofArray(new byte[(int) width]);
    for (long i = size - 1; i > 0; i--) {
      long j = random.nextLong(i + 1);
      MemorySegment.copy(elements, i * width, held, 0, width);
      MemorySegment.copy(elements, j * width, elements, i * width, width);
      MemorySegment.copy(held, 0, elements, j * width, width);
    }
  }
}
