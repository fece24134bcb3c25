package org.scaleinv.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of comma-separated values, quoted as RFC 4180 says, ended by a line feed. Null is an empty field, the empty
 * string a quoted one. Control characters stand as {@code \\uXXXX}, so that a record is a line whatever a tensor is
 * called.
 */
final class Csv {
  private final StringBuilder text = new StringBuilder();

  Csv row(List<?> fields) {
    List<String> quoted = new ArrayList<>();
    for (Object field : fields) {
      quoted.add(field == null ? "" : quoted(field.toString()));
    }
    text.append(String.join(",", quoted)).append('\n');
    return this;
  }

  private static String quoted(String field) {
    boolean quote = field.isEmpty();
    StringBuilder out = new StringBuilder();
    for (char c : field.toCharArray()) {
      quote |= c == ',' || c == '"';
      if (c == '"') {
        out.append("\"\"");
      } else if (Character.isISOControl(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return quote ? "\"" + out + "\"" : out.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
