package org.scaleinv.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;

/**
 * A matrix as F64 panels along one side, scaled by a power of two where squares of its entries would leave the range of
 * a double.
 *
 * <p>Only F64 entries can be that large or small (the square of the largest F32 is 1e77, and 1e-90 of the smallest),
 * so only F64 matrices are read once more, for their largest magnitude.
 */
final class MatrixPanels {
  /** Rows that matrix products take at a time; a panel is a whole number of them, so splitting costs nothing. */
  private static final long STEP = 384;

  /** Elements of a panel: 8 MB as doubles, unless one step is more. */
  private static final long PANEL_ELEMENTS = 1L << 20;

  /** Entries up to 2^±400 have squares, and sums of 2^200 of them, that are normal doubles. */
  private static final int SAFE_EXPONENT = 400;

  private final Engine engine;
  private final Matrix matrix;
  private final boolean acrossColumns;
  private final long panelLength;
  private final int exponent;

  /** @param acrossColumns whether panels follow each other along the columns, each holding all rows */
  MatrixPanels(Engine engine, Matrix matrix, boolean acrossColumns) {
    requireMeasurable(matrix);
    this.engine = engine;
    this.matrix = matrix;
    this.acrossColumns = acrossColumns;
    this.panelLength = STEP * Math.max(1, PANEL_ELEMENTS / STEP / order());
    this.exponent = matrix.dtype() == DType.F64 ? findExponent() : 0;
  }

  /** The side that every panel holds whole. */
  long order() {
    return acrossColumns ? matrix.rows() : matrix.columns();
  }

  /** The side that is cut. */
  long length() {
    return acrossColumns ? matrix.columns() : matrix.rows();
  }

  /** The panels' entries are the matrix's, times 2^−exponent. */
  int exponent() {
    return exponent;
  }

  boolean acrossColumns() {
    return acrossColumns;
  }

  /** Hands every panel over in order, as an F64 buffer that is closed afterwards. */
  void forEach(Consumer<Buffer> use) {
    forEachPanel(
        panel -> {
          try (Buffer loaded = load(panel)) {
            use.accept(loaded);
          }
        });
  }

  private void forEachPanel(Consumer<Panel> use) {
    for (int i = 0; i < count(); i++) {
      use.accept(panel(i));
    }
  }

  /** How many panels there are. */
  int count() {
    return Math.toIntExact(Math.ceilDiv(length(), panelLength));
  }

  /** Bytes of the largest panel as doubles. */
  long bytes() {
    return Math.min(panelLength, length()) * order() * Double.BYTES;
  }

  private Panel panel(int index) {
    long from = index * panelLength;
    long count = Math.min(panelLength, length() - from);
    return acrossColumns ? new Panel(0, matrix.rows(), from, count) : new Panel(from, count, 0, matrix.columns());
  }

  /** A panel as an F64 buffer, the caller's to close. */
  Buffer load(int index) {
    return load(panel(index));
  }

  private Buffer load(Panel panel) {
    if (exponent != 0) {
      return scaled(panel);
    }
    Buffer packed = engine.upload(matrix, panel);
    if (matrix.dtype() == DType.F64) {
      return packed;
    }
    try (packed) {
      return engine.widening().widen(packed, DType.F64);
    }
  }

  private Buffer scaled(Panel panel) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_DOUBLE, panel.rows() * panel.columns());
      matrix.read(panel, host);
      for (long i = 0; i < panel.rows() * panel.columns(); i++) {
        double entry = host.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        host.setAtIndex(ValueLayout.JAVA_DOUBLE, i, Math.scalb(entry, -exponent));
      }
      return engine.upload(host, DType.F64, panel.rows(), panel.columns());
    }
  }

  /** The power of two that the largest entry lies just below, or 0 while no squares are in danger. */
  private int findExponent() {
    var magnitudes = new Magnitudes();
    try (Arena arena = Arena.ofConfined()) {
      long longest = Math.min(panelLength, length()) * order();
      MemorySegment host = arena.allocate(ValueLayout.JAVA_DOUBLE, longest);
      forEachPanel(
          panel -> {
            MemorySegment entries = host.asSlice(0, panel.rows() * panel.columns() * Double.BYTES);
            matrix.read(panel, entries);
            magnitudes.add(entries);
          });
    }
    if (magnitudes.nonFinite() > 0) {
      throw nonFinite(magnitudes.nonFinite());
    }
    double largest = magnitudes.largest();
    int found = largest == 0 ? 0 : Math.getExponent(largest) + 1;
    return Math.abs(found) > SAFE_EXPONENT ? found : 0;
  }

  /** The error for entries that are not finite, which some panel was found to have; reads the matrix once more. */
  BadInput nonFinite() {
    var magnitudes = new Magnitudes();
    forEach(
        panel -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(ValueLayout.JAVA_DOUBLE, panel.rows() * panel.columns());
            engine.download(panel, host);
            magnitudes.add(host);
          }
        });
    return nonFinite(magnitudes.nonFinite());
  }

  private BadInput nonFinite(long count) {
    return new BadInput(
        "non-finite",
        place(matrix) + ": " + count + " of " + matrix.rows() * matrix.columns()
            + " entries are NaN or infinite, expected finite numbers");
  }

  /** Largest magnitude of the finite entries, and how many are not. */
  private static final class Magnitudes {
    private double largest;
    private long nonFinite;

    void add(MemorySegment doubles) {
      for (long i = 0; i < doubles.byteSize() / Double.BYTES; i++) {
        double magnitude = Math.abs(doubles.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
        if (magnitude < Double.POSITIVE_INFINITY) {
          largest = Math.max(largest, magnitude);
        } else {
          nonFinite++;
        }
      }
    }

    double largest() {
      return largest;
    }

    long nonFinite() {
      return nonFinite;
    }
  }

  private static void requireMeasurable(Matrix matrix) {
    if (!matrix.dtype().widens()) {
      throw new BadInput(
          "dtype-not-measured", place(matrix) + ": dtype " + matrix.dtype() + ", expected one that widens to F64");
    }
    if (matrix.rows() < 1 || matrix.columns() < 1) {
      throw new BadInput(
          "empty-matrix",
          place(matrix) + ": a matrix of " + matrix.rows() + " x " + matrix.columns() + ", expected one with entries");
    }
  }

  private static String place(Matrix matrix) {
    return matrix.tensor().origin() + ": tensor " + Escape.quoted(matrix.tensor().name());
  }
}
