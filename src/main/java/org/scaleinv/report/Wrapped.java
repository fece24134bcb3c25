package org.scaleinv.report;

/** Text in lines of a terminal's width. */
final class Wrapped {
  private static final int WIDTH = 118;

  private Wrapped() {}

  /** Lines after the first are indented; a longer word stays whole. Ends in a line break. */
  static String of(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        lines.append("\n ");
        column = 1;
      }
      lines.append(column > 0 ? " " : "").append(word);
      column += word.length() + (column > 0 ? 1 : 0);
    }
    return lines.append('\n').toString();
  }
}
