package org.scaleinv.error;

/** Makes text from an input safe to print: names of tensors may hold anything, NUL and terminal codes included. */
public final class Escape {
  private static final int LONGEST = 120;

  private Escape() {}

  /** The text in double quotes, control and format characters as {@code \\uXXXX}, cut after 120 characters. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    int length = Math.min(text.length(), LONGEST);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        appendVisible(out, c);
      }
    }
    return out.append(length < text.length() ? "…\"" : "\"").toString();
  }

  /** The whole text without quotes, control and format characters as {@code \\uXXXX}; for the paths of files. */
  public static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      appendVisible(out, text.charAt(i));
    }
    return out.toString();
  }

  private static void appendVisible(StringBuilder out, char c) {
    if (isPlain(c)) {
      out.append(c);
    } else {
      out.append(String.format("\\u%04x", (int) c));
    }
  }

  private static boolean isPlain(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
