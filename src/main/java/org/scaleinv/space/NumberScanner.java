package org.scaleinv.space;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;

/**
 * Numbers of a text, one after the other: blanks, tabs, one comma or one semicolon stand between them, {@code #} begins a
 * comment. Only a piece of the text is in memory.
 */
final class NumberScanner {
  enum Token {
    NUMBER,
    END_OF_LINE,
    END_OF_TEXT
  }

  /** Bytes that a number may have; as many are in the buffer, or the rest of the text, before one is read. */
  private static final int LONGEST = 512;

  private static final int BUFFER = 1 << 16;
  private static final int HIGHEST_EXPONENT = 9999;

  private final InputStream in;
  private final String name;
  private final byte[] bytes = new byte[BUFFER + 1];
  private int position;
  private int limit;
  private boolean ended;
  private long dropped;
  private long line = 1;
  private long lineStart;
  private boolean fieldOpen;
  private boolean lineUsed;

  private int begin;
  private long fieldLine;
  private long fieldColumn;
  private float value;
  private long whole;

  /**
   * @param name of the text, safe to print
   */
  NumberScanner(InputStream in, String name) {
    this.in = in;
    this.name = name;
    refill();
    if (limit >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf) {
      position = 3;
    }
  }

  /** The number found last. */
  float value() {
    return value;
  }

  /** The number found last where it is a whole one from 0, of at most 15 digits, written without point and exponent; else −1. */
  long whole() {
    return whole;
  }

  /** Of the number found last, from 1. */
  long line() {
    return fieldLine;
  }

  /**
   * Passes by a first line in which no field is a number.
   *
   * @return that line, or null
   */
  String skipHeader() {
    int end = position;
    while (end < limit && bytes[end] != '\n') {
      end++;
    }
    String text = new String(bytes, position, end - position, StandardCharsets.UTF_8).strip();
    if (end == limit || text.isEmpty() || text.startsWith("#")) {
      return null;
    }
    for (String field : text.split("[,;\\s]+")) {
      if (isNumber(field)) {
        return null;
      }
    }
    position = end + 1;
    nextLine();
    return text;
  }

  private static boolean isNumber(String field) {
    return field.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") || !Float.isNaN(word(field)) || isNan(field);
  }

  Token next() {
    while (true) {
      if (limit - position < LONGEST && !ended) {
        refill();
      }
      switch (bytes[position]) {
        case ' ', '\t', '\r' -> position++;
        case '\n' -> {
          return endLine();
        }
        case ',', ';' -> {
          beginField();
          if (!fieldOpen) {
            throw wrong("number", "expected a number, found an empty field");
          }
          fieldOpen = false;
          position++;
        }
        case '#' -> skipComment();
        default -> {
          beginField();
          number();
          fieldOpen = true;
          lineUsed = true;
          return Token.NUMBER;
        }
      }
    }
  }

  private void beginField() {
    begin = position;
    fieldLine = line;
    fieldColumn = dropped + position - lineStart + 1;
  }

  /** The text ends in a line feed that is put behind it. */
  private Token endLine() {
    fieldOpen = false;
    if (position == limit) {
      Token token = lineUsed ? Token.END_OF_LINE : Token.END_OF_TEXT;
      lineUsed = false;
      return token;
    }
    position++;
    nextLine();
    return Token.END_OF_LINE;
  }

  private void nextLine() {
    line++;
    lineStart = dropped + position;
    lineUsed = false;
  }

  private void skipComment() {
    while (bytes[position] != '\n' || position == limit && !ended) {
      if (position == limit) {
        refill();
      } else {
        position++;
      }
    }
  }

  private void number() {
    byte[] text = bytes;
    int at = position;
    boolean negative = text[at] == '-';
    if (negative || text[at] == '+') {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int power = 0;
    boolean more = false;
    boolean any = false;
    boolean point = false;
    for (;; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        any = true;
        if (digits < DecimalFloats.EXACT_DIGITS) {
          mantissa = mantissa * 10 + digit;
          digits += mantissa == 0 ? 0 : 1;
          power -= point ? 1 : 0;
        } else {
          more |= digit != 0;
          power += point ? 0 : 1;
        }
      } else if (text[at] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    boolean exponent = any && (text[at] == 'e' || text[at] == 'E');
    if (exponent) {
      at++;
      boolean below = text[at] == '-';
      at += below || text[at] == '+' ? 1 : 0;
      int size = 0;
      any = text[at] >= '0' && text[at] <= '9';
      for (; text[at] >= '0' && text[at] <= '9'; at++) {
        size = Math.min(size * 10 + text[at] - '0', HIGHEST_EXPONENT);
      }
      power += below ? -size : size;
    }
    if (!any || !endsField(text[at])) {
      word();
      return;
    }
    requireWhole(at);
    whole = negative || point || exponent || more || power != 0 ? -1 : mantissa;
    float size = DecimalFloats.of(mantissa, power, more);
    if (Float.isNaN(size)) {
      size = Math.abs(Float.parseFloat(new String(text, begin, at - begin, StandardCharsets.US_ASCII)));
    }
    if (Float.isInfinite(size)) {
      throw wrong("range", "expected a number that a 32-bit float holds, found " + quoted(at));
    }
    value = negative ? -size : size;
    position = at;
  }

  /** A number is whole in the buffer, or longer than it may be. */
  private void requireWhole(int end) {
    if (end == limit && !ended) {
      throw wrong("number", "expected a number of at most " + LONGEST + " characters, found a longer one");
    }
  }

  private static boolean endsField(byte b) {
    return b == ' ' || b == ',' || b == '\n' || b == '\t' || b == ';' || b == '\r' || b == '#';
  }

  /** An infinity, or what is no number. */
  private void word() {
    int end = begin;
    while (!endsField(bytes[end])) {
      end++;
    }
    requireWhole(end);
    String text = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    value = word(text);
    whole = -1;
    if (Float.isNaN(value)) {
      throw wrong("number", "expected a number, found " + (isNan(text) ? text : quoted(end)));
    }
    position = end;
  }

  private static float word(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
      default -> Float.NaN;
    };
  }

  private static boolean isNan(String text) {
    return text.equalsIgnoreCase("nan");
  }

  private String quoted(int end) {
    return Escape.quoted(new String(bytes, begin, end - begin, StandardCharsets.UTF_8));
  }

  /** What is wrong with the number found last, or the one that is being read. */
  BadInput wrong(String rule, String problem) {
    return new BadInput(rule, name + ": line " + fieldLine + ", column " + fieldColumn + ": " + problem);
  }

  /** Moves what is left to the front, and fills the buffer. */
  private void refill() {
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    dropped += position;
    limit -= position;
    position = 0;
    try {
      while (limit < BUFFER && !ended) {
        int got = in.read(bytes, limit, BUFFER - limit);
        ended = got < 0;
        limit += Math.max(got, 0);
      }
    } catch (IOException failure) {
      throw new BadInput("unreadable", name + ": cannot be read: " + Reason.of(failure), failure);
    }
    bytes[limit] = '\n';
  }
}
