package org.scaleinv.space;

import java.util.Arrays;
import java.util.function.Consumer;
import org.scaleinv.error.BadInput;
import org.scaleinv.space.NumberScanner.Token;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** Rows of numbers in a text: a rectangle of points, a square or a triangle of distances. */
final class TextMatrix {
  private final NumberScanner scanner;
  private final String name;
  private final FloatList values = new FloatList();
  private int[] rowLines = new int[16];
  private int rows;
  private long firstLength;
  private boolean rectangle = true;
  private boolean lower = true;
  private boolean upper = true;
  private final boolean anyLayout;
  private boolean rowsEndInZero = true;
  private boolean allZero = true;
  private BadInput negative;
  private BadInput infinite;

  private TextMatrix(NumberScanner scanner, String name, InputFormat format) {
    this.scanner = scanner;
    this.name = name;
    anyLayout = format == InputFormat.LOWER_DISTANCE || format == InputFormat.UPPER_DISTANCE;
    if (format == InputFormat.POINT_CLOUD || format == InputFormat.DISTANCE) {
      lower = false;
      upper = false;
    }
  }

  /**
   * Reads all of a text.
   *
   * @param format AUTO, POINT_CLOUD, DISTANCE, LOWER_DISTANCE or UPPER_DISTANCE; a triangle that is asked for may have
   *     its lines broken anywhere
   * @param notes told of a header line
   */
  static SpaceSource read(NumberScanner scanner, String name, InputFormat format, Consumer<String> notes) {
    String header = scanner.skipHeader();
    if (header != null) {
      notes.accept(name + ": the first line has no number and is taken for a head");
    }
    var matrix = new TextMatrix(scanner, name, format);
    matrix.readRows();
    return matrix.source(matrix.form(format));
  }

  private void readRows() {
    long length = 0;
    while (true) {
      switch (scanner.next()) {
        case NUMBER -> {
          if (length == 0) {
            beginRow();
          }
          length++;
          note(scanner.value());
          values.add(scanner.value());
        }
        case END_OF_LINE -> {
          endRow(length);
          length = 0;
        }
        case END_OF_TEXT -> {
          return;
        }
      }
    }
  }

  private void note(float value) {
    if (value != 0) {
      allZero = false;
      if (value < 0 && negative == null) {
        negative = scanner.wrong("negative-distance", "expected a distance of 0 or more, found " + value);
      }
      if (Float.isInfinite(value) && infinite == null) {
        infinite = scanner.wrong("infinite-coordinate", "expected a finite coordinate, found " + value);
      }
    }
  }

  private void beginRow() {
    if (rows == rowLines.length) {
      rowLines = Arrays.copyOf(rowLines, 2 * rows);
    }
    rowLines[rows++] = (int) Math.min(scanner.line(), Integer.MAX_VALUE);
  }

  /** Follows which forms the rows so far may still be the beginning of. */
  private void endRow(long length) {
    if (length == 0) {
      return;
    }
    rowsEndInZero &= values.get(values.size() - 1) == 0;
    if (rows == 1) {
      firstLength = length;
    }
    boolean wasRectangle = rectangle;
    boolean wasLower = lower;
    rectangle &= length == firstLength;
    lower &= length == rows;
    upper &= length == firstLength - rows + 1;
    if (!rectangle && !lower && !upper && !anyLayout) {
      String expected = wasRectangle
          ? numbers(firstLength) + " as on line " + rowLines[0]
          : wasLower ? "row " + rows + " of a lower triangle, " + numbers(rows)
          : "row " + rows + " of an upper triangle, " + numbers(firstLength - rows + 1);
      throw new BadInput(
          "ragged-rows", name + ": line " + rowLines[rows - 1] + ": expected " + expected + ", found " + length);
    }
  }

  private static String numbers(long count) {
    return count == 1 ? "1 number" : Math.max(count, 0) + " numbers";
  }

  private Form form(InputFormat format) {
    if (rows == 0) {
      throw new BadInput("no-numbers", name + ": expected numbers, found none");
    }
    return switch (format) {
      case POINT_CLOUD -> Form.POINTS;
      case DISTANCE -> square();
      case LOWER_DISTANCE, UPPER_DISTANCE -> triangle(format);
      default -> guess();
    };
  }

  private Form square() {
    if (rows != firstLength) {
      throw new BadInput(
          "not-square",
          name + ": expected as many rows as columns in a distance matrix, found " + rows + " rows of "
              + numbers(firstLength));
    }
    return Form.SQUARE;
  }

  private Form triangle(InputFormat format) {
    boolean square = rectangle && rows == firstLength && rows > 1;
    if (square || Shapes.pointsOfTriangle(values.size()) < 0) {
      throw new BadInput(
          "not-a-triangle",
          name + ": expected a triangle, n(n - 1)/2 numbers without the diagonal, found "
              + (square ? "a square of " + rows + " rows" : values.size() + " numbers"));
    }
    return format == InputFormat.LOWER_DISTANCE ? Form.LOWER : Form.UPPER;
  }

  private Form guess() {
    if (rectangle) {
      return rows == firstLength && diagonalIsZero() ? Form.SQUARE : Form.POINTS;
    }
    if (rowsEndInZero && !allZero) {
      throw new BadInput(
          "triangle-with-diagonal",
          name + ": expected a triangle without its diagonal, found rows that all end in 0; where these are distances "
              + "all the same, say so by --input-format lower-distance");
    }
    if (lower) {
      return Form.LOWER;
    }
    if (rows != firstLength) {
      throw new BadInput(
          "ragged-rows",
          name + ": line " + rowLines[rows - 1] + ": expected the last row of an upper triangle, 1 number, found "
              + numbers(firstLength - rows + 1) + " and the end of the file");
    }
    return Form.UPPER;
  }

  private boolean diagonalIsZero() {
    for (long i = 0; i < rows; i++) {
      if (values.get(i * rows + i) != 0) {
        return false;
      }
    }
    return true;
  }

  private SpaceSource source(Form form) {
    BadInput fault = form == Form.POINTS ? infinite : negative;
    if (fault != null) {
      throw fault;
    }
    Shape shape = form == Form.POINTS || form == Form.SQUARE ? Shape.of(rows, firstLength) : Shape.of(values.size());
    boolean byRows = switch (form) {
      case LOWER -> lower;
      case UPPER -> upper && rows == firstLength;
      default -> true;
    };
    Tensor tensor = values.asTensor(name, shape);
    return SpaceSource.of(name, "text", form, tensor, byRows ? Arrays.copyOf(rowLines, rows) : null);
  }
}
