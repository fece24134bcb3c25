package org.scaleinv.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows and panels against a picture that is looked up element by element. */
class MatrixTest {
  private static final int[] AWKWARD = {1, 2, 3, 5, 8, 13};

  /** A tensor of 16-bit elements whose value is their index. */
  private static Tensor counting(long... shape) {
    int count = (int) Shape.of(shape).size();
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = (short) i;
    }
    return Tensor.of("counting", DType.U16, Shape.of(shape), MemorySegment.ofArray(values));
  }

  private static short[] read(Matrix matrix, Panel panel) {
    short[] values = new short[(int) (panel.rows() * panel.columns())];
    matrix.read(panel, MemorySegment.ofArray(values));
    return values;
  }

  /** Element indices by the definition of a window; the tensor's values are those indices. */
  private static short[] picture(Matrix m, Panel panel) {
    short[] values = new short[(int) (panel.rows() * panel.columns())];
    int i = 0;
    for (long r = panel.row(); r < panel.row() + panel.rows(); r++) {
      long start = m.offset() + r / m.rowBlock() * m.blockStride() + r % m.rowBlock() * m.rowStride();
      for (long c = panel.column(); c < panel.column() + panel.columns(); c++) {
        values[i++] = (short) (start + c);
      }
    }
    return values;
  }

  @Test
  void theWholeOfATensorIsItsRowsInOrder() {
    for (int rows : AWKWARD) {
      for (int columns : AWKWARD) {
        Matrix matrix = Matrix.of(counting(rows, columns));
        short[] expected = new short[rows * columns];
        for (int i = 0; i < expected.length; i++) {
          expected[i] = (short) i;
        }
        assertArrayEquals(expected, read(matrix, matrix.whole()));
      }
    }
  }

  @Test
  void everyPanelOfAWindowIsWhatThePictureShows() {
    for (int rows : AWKWARD) {
      for (int columns : AWKWARD) {
        Matrix window = Matrix.window(counting(14, 20), 23, rows, columns, 20);
        forEveryPanel(window);
      }
    }
  }

  @Test
  void everyPanelOfInterleavedHeadsIsWhatThePictureShows() {
    // Three projections interleaved by head, as in a fused query_key_value: (heads · 3 · headWidth, width).
    for (int heads : new int[] {1, 2, 3}) {
      for (int headWidth : new int[] {1, 2, 5}) {
        int width = 4;
        Tensor fused = counting(heads * 3 * headWidth, width);
        for (int part = 0; part < 3; part++) {
          Matrix projection = new Matrix(
              fused, (long) part * headWidth * width, heads * headWidth, width, width, headWidth,
              3L * headWidth * width);
          forEveryPanel(projection);
          forEveryPanel(projection.columns(1, 2));
        }
      }
    }
  }

  private static void forEveryPanel(Matrix matrix) {
    for (long row = 0; row < matrix.rows(); row++) {
      for (long rows = 1; row + rows <= matrix.rows(); rows++) {
        for (long column = 0; column < matrix.columns(); column += 2) {
          for (long columns = 1; column + columns <= matrix.columns(); columns++) {
            Panel panel = new Panel(row, rows, column, columns);
            assertArrayEquals(picture(matrix, panel), read(matrix, panel), panel + " of " + matrix);
          }
        }
      }
    }
  }

  @Test
  void theRowsOfOneHeadAreItsRowsOfTheFusedTensor() {
    int heads = 3;
    int headWidth = 4;
    int width = 5;
    Tensor fused = counting(heads * 3 * headWidth, width);
    Matrix keys = new Matrix(
        fused, (long) headWidth * width, heads * headWidth, width, width, headWidth, 3L * headWidth * width);
    for (int head = 0; head < heads; head++) {
      Matrix own = keys.rows((long) head * headWidth, headWidth);
      Matrix expected = Matrix.window(
          fused, (long) (head * 3 + 1) * headWidth * width, headWidth, width, width);
      assertArrayEquals(read(expected, expected.whole()), read(own, own.whole()));
    }
  }

  @Test
  void rowsAndColumnsOfAWindowAreWindowsOfThePicture() {
    Random random = new Random(11);
    Tensor fused = counting(60, 7);
    Matrix blocks = new Matrix(fused, 7, 24, 6, 7, 4, 70);
    for (int trial = 0; trial < 500; trial++) {
      long count;
      long from;
      if (random.nextBoolean()) {
        from = 4L * random.nextInt(6);
        count = 4L * (1 + random.nextInt((int) (24 - from) / 4));
      } else {
        long within = random.nextInt(4);
        from = 4L * random.nextInt(6) + within;
        count = 1 + random.nextInt((int) (4 - within));
      }
      long column = random.nextInt(6);
      long columns = 1 + random.nextInt((int) (6 - column));
      Matrix part = blocks.rows(from, count).columns(column, columns);
      assertArrayEquals(
          picture(blocks, new Panel(from, count, column, columns)), read(part, part.whole()), part.toString());
    }
  }

  @Test
  void rowsThatCrossABlockFromItsMiddleAreRefused() {
    Matrix blocks = new Matrix(counting(20, 2), 0, 8, 2, 2, 4, 20);
    assertThrows(IllegalArgumentException.class, () -> blocks.rows(2, 4));
    assertEquals(4, blocks.rows(4, 4).rows());
  }

  @Test
  void rowsWithoutGapsAreReadAtOnce() {
    WatchedTensor watched = new WatchedTensor(counting(12, 5));
    Matrix.of(watched).read(new Panel(2, 7, 0, 5), MemorySegment.ofArray(new short[35]));
    assertEquals(List.of(70L), watched.reads());
    watched.reads().clear();
    Matrix.of(watched).read(new Panel(2, 7, 0, 4), MemorySegment.ofArray(new short[28]));
    assertEquals(List.of(8L, 8L, 8L, 8L, 8L, 8L, 8L), watched.reads());
  }

  @Test
  void onlyRankTwoIsAMatrix() {
    assertThrows(IllegalArgumentException.class, () -> Matrix.of(counting(2, 2, 2)));
    assertThrows(IllegalArgumentException.class, () -> Matrix.of(counting(4)));
  }

  @Test
  void aMatrixWithoutElementsReadsNothing() {
    for (long[] shape : new long[][] {{0, 5}, {5, 0}, {0, 0}}) {
      Matrix empty = Matrix.of(counting(shape));
      assertArrayEquals(new short[0], read(empty, empty.whole()));
    }
  }
}
