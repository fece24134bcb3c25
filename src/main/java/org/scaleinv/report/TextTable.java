package org.scaleinv.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of plain text: columns as wide as their widest cell, two spaces between them, no trailing blanks.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  private record Column(String head, boolean right) {}

  /** Cells of a row, or one text across all columns. */
  private record Line(List<String> cells, String text) {}

  /** A column whose cells start at its left edge. */
  public TextTable left(String head) {
    columns.add(new Column(head, false));
    return this;
  }

  /** A column whose cells end at its right edge: numbers. */
  public TextTable right(String head) {
    columns.add(new Column(head, true));
    return this;
  }

  /** A row of as many cells as there are columns; null is an empty cell. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(cell == null ? "" : cell);
    }
    lines.add(new Line(row, null));
    return this;
  }

  /** A line across all columns that does not widen them: the title of a group, or "" for a gap. */
  public TextTable line(String text) {
    lines.add(new Line(null, text));
    return this;
  }

  /** The heads and all lines, each ended by a newline. */
  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder out = new StringBuilder();
    append(out, columns.stream().map(Column::head).toList(), widths);
    for (Line line : lines) {
      if (line.text() != null) {
        out.append(line.text()).append('\n');
      } else {
        append(out, line.cells(), widths);
      }
    }
    return out.toString();
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(columns.get(i).head());
      for (Line line : lines) {
        widths[i] = line.cells() == null ? widths[i] : Math.max(widths[i], length(line.cells().get(i)));
      }
    }
    return widths;
  }

  private void append(StringBuilder out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(widths[i] - length(cells.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? blanks + cells.get(i) : cells.get(i) + blanks);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
