package org.scaleinv.model.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class PermutedNullTest {

  @ParameterizedTest
  @EnumSource(names = {"F8_E4M3", "BF16", "F32", "F64"})
  void everyEntryStaysOnceAndItsBytesTogether(DType type) {
    Matrix counted = counted(type, 9, 7);
    long[] before = entries(counted);
    long[] after = permuted(counted, 1, "w", 0);
    assertFalse(Arrays.equals(before, after), "63 entries stayed in order");
    Arrays.sort(after);
    assertArrayEquals(before, after);
  }

  @Test
  void theOrderIsAFunctionOfSeedPurposeAndNumber() {
    Matrix counted = counted(DType.F32, 9, 7);
    long[] first = permuted(counted, 1, "w", 0);
    assertArrayEquals(first, permuted(counted, 1, "w", 0));
    assertFalse(Arrays.equals(first, permuted(counted, 2, "w", 0)));
    assertFalse(Arrays.equals(first, permuted(counted, 1, "v", 0)));
    assertFalse(Arrays.equals(first, permuted(counted, 1, "w", 1)));
  }

  /** Each of 6 entries stands in each of 6 places in a sixth of the draws: χ² of 36 cells, 25 degrees of freedom. */
  @Test
  void everyPlaceIsAsLikelyAsAnyOther() {
    Matrix counted = counted(DType.BF16, 2, 3);
    int draws = 6_000;
    int[][] seen = new int[6][6];
    for (int draw = 0; draw < draws; draw++) {
      long[] order = permuted(counted, 3, "w", draw);
      for (int place = 0; place < 6; place++) {
        seen[place][(int) order[place]]++;
      }
    }
    double expected = draws / 6.0;
    double chiSquared = 0;
    for (int[] place : seen) {
      for (int count : place) {
        chiSquared += (count - expected) * (count - expected) / expected;
      }
    }
    assertTrue(chiSquared < 60, "chi squared " + chiSquared + ", 52.6 is passed once in a thousand");
  }

  @Test
  void aWindowOfATensorIsPermutedWithinItself() {
    Matrix window = counted(DType.F32, 9, 7).rows(2, 3).columns(1, 4);
    long[] before = entries(window);
    long[] after = permuted(window, 5, "w", 0);
    assertEquals(12, after.length);
    Arrays.sort(after);
    assertArrayEquals(before, after);
  }

  private static long[] permuted(Matrix matrix, long seed, String purpose, int draw) {
    try (Arena arena = Arena.ofConfined()) {
      return entries(PermutedNull.permute(matrix, arena, seed, purpose, draw));
    }
  }

  /** Entries whose bits count 0, 1, 2, …, so that an entry torn apart would show. */
  private static Matrix counted(DType type, int rows, int columns) {
    byte[] bytes = new byte[rows * columns * type.bytes()];
    for (int i = 0; i < rows * columns; i++) {
      bytes[i * type.bytes()] = (byte) i;
    }
    return Matrix.of(Tensor.of("w", type, Shape.of(rows, columns), MemorySegment.ofArray(bytes)));
  }

  private static long[] entries(Matrix matrix) {
    int width = matrix.dtype().bytes();
    long size = matrix.rows() * matrix.columns();
    MemorySegment bytes = MemorySegment.ofArray(new byte[(int) size * width]);
    matrix.read(matrix.whole(), bytes);
    long[] entries = new long[(int) size];
    for (int i = 0; i < size; i++) {
      for (int b = width - 1; b >= 0; b--) {
        entries[i] = entries[i] << 8 | bytes.get(ValueLayout.JAVA_BYTE, (long) i * width + b) & 0xff;
      }
    }
    return entries;
  }
}
