package org.scaleinv.safetensors;

import java.nio.charset.StandardCharsets;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;

/**
 * A position in a header's JSON text (RFC 8259), already known to be UTF-8.
 *
 * <p>A header nests three levels at most and is never skipped over, so there is no recursion and no tree: a header of
 * 100 MB costs its bytes and the entries made from it.
 */
final class JsonCursor {
  static final String NOT_JSON = "header-not-json";

  private final byte[] text;
  private final HeaderErrors errors;
  private int at;

  JsonCursor(byte[] text, HeaderErrors errors) {
    this.text = text;
    this.errors = errors;
  }

  /** The next byte that is not white space, left in place; −1 at the end. */
  int peek() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
    return at < text.length ? text[at] & 0xff : -1;
  }

  boolean accept(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char expected) {
    if (!accept(expected)) {
      throw notJson("expected '" + expected + "'");
    }
  }

  boolean acceptNull() {
    boolean found = peek() == 'n' && at + 4 <= text.length && text[at + 1] == 'u' && text[at + 2] == 'l'
        && text[at + 3] == 'l';
    at += found ? 4 : 0;
    return found;
  }

  /** A string where the rule asks for one; another JSON value breaks that rule, anything else is not JSON. */
  String string(String rule, String expected) {
    requireStart('"', rule, expected);
    return string();
  }

  /** Moves past an opening brace or bracket; another JSON value breaks the rule, anything else is not JSON. */
  void open(char bracket, String rule, String expected) {
    requireStart(bracket, rule, expected);
    at++;
  }

  private void requireStart(char start, String rule, String expected) {
    if (peek() != start) {
      throw unexpected(rule, expected);
    }
  }

  private BadInput unexpected(String rule, String expected) {
    int found = peek();
    boolean startsValue = found >= 0 && "{[\"-0123456789tfn".indexOf(found) >= 0;
    return startsValue
        ? errors.broken(rule, "expected " + expected + ", found " + here())
        : notJson("expected " + expected);
  }

  String string() {
    expect('"');
    int start = at;
    boolean escapes = false;
    while (at < text.length && text[at] != '"') {
      if (text[at] >= 0 && text[at] < 0x20) {
        throw notJson("a raw control character in a string");
      }
      boolean escape = text[at] == '\\';
      escapes |= escape;
      at += escape ? 2 : 1;
    }
    if (at >= text.length) {
      at = text.length;
      throw notJson("a string without end");
    }
    at++;
    return escapes ? unescape(start, at - 1) : new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
  }

  private String unescape(int from, int to) {
    StringBuilder out = new StringBuilder(to - from);
    int plain = from;
    int i = from;
    while (i < to) {
      if (text[i] != '\\') {
        i++;
        continue;
      }
      out.append(new String(text, plain, i - plain, StandardCharsets.UTF_8));
      boolean unicode = text[i + 1] == 'u';
      out.append(unicode ? hexadecimal(i + 2, to) : shortEscape(i));
      i += unicode ? 6 : 2;
      plain = i;
    }
    out.append(new String(text, plain, to - plain, StandardCharsets.UTF_8));
    requirePairedSurrogates(out);
    return out.toString();
  }

  private char shortEscape(int backslash) {
    return switch (text[backslash + 1]) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw notJson(backslash, "an unknown escape");
    };
  }

  private char hexadecimal(int from, int to) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < to ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        throw notJson(from - 2, "an escape without four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private void requirePairedSurrogates(CharSequence decoded) {
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      boolean pair = Character.isHighSurrogate(c) && i + 1 < decoded.length()
          && Character.isLowSurrogate(decoded.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw notJson("a lone surrogate in a string");
      }
    }
  }

  /** A plain non-negative integer below 2^63: no sign, fraction or exponent. */
  long natural(String rule, String expected) {
    if (!isDigit(peek())) {
      throw unexpected(rule, expected);
    }
    int start = at;
    long value = 0;
    while (at < text.length && isDigit(text[at])) {
      int digit = text[at] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        at = start;
        throw errors.broken(rule, "expected " + expected + " below 2^63, found " + here());
      }
      value = value * 10 + digit;
      at++;
    }
    if (text[start] == '0' && at > start + 1) {
      throw notJson(start, "a number with a leading zero");
    }
    if (at < text.length && (text[at] == '.' || text[at] == 'e' || text[at] == 'E')) {
      at = start;
      throw errors.broken(rule, "expected " + expected + ", found " + here());
    }
    return value;
  }

  private static boolean isDigit(int found) {
    return found >= '0' && found <= '9';
  }

  BadInput notJson(String problem) {
    peek();
    return notJson(at, problem);
  }

  private BadInput notJson(int position, String problem) {
    at = Math.min(position, text.length);
    return errors.broken(NOT_JSON, "header is not one JSON object: " + problem + ", found " + here());
  }

  /** What stands at the cursor, for a message. */
  String here() {
    if (at >= text.length) {
      return "the header's end";
    }
    int length = Math.min(text.length - at, 16);
    return Escape.quoted(new String(text, at, length, StandardCharsets.UTF_8)) + " at header byte " + at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
