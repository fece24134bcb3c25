package org.scaleinv.space;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;

/**
 * The head of a .npy file: a Python dictionary of descr, fortran_order and shape (NumPy enhancement proposal 1). Only that
 * is read of the language.
 */
record NpyHeader(DType dtype, boolean fortranOrder, Shape shape) {
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  /**
   * @param name of the file, safe to print
   * @param text the header without its magic number and length
   */
  static NpyHeader parse(String name, byte[] text) {
    return new Parser(name, new String(text, StandardCharsets.UTF_8)).dictionary();
  }

  private static final class Parser {
    private final String name;
    private final String text;
    private int position;
    private String descr;
    private Boolean fortranOrder;
    private Shape shape;

    Parser(String name, String text) {
      this.name = name;
      this.text = text;
    }

    NpyHeader dictionary() {
      Set<String> seen = new HashSet<>();
      expect('{');
      while (!accept('}')) {
        String key = string();
        if (!KEYS.contains(key) || !seen.add(key)) {
          throw bad("expected each of the keys descr, fortran_order and shape once", Escape.quoted(key));
        }
        expect(':');
        value(key);
        if (!accept(',')) {
          expect('}');
          break;
        }
      }
      blanks();
      if (position < text.length()) {
        throw bad("expected the end of the header", Escape.quoted(text.substring(position)));
      }
      if (seen.size() < KEYS.size()) {
        throw bad("expected the keys descr, fortran_order and shape", seen.stream().sorted().toList().toString());
      }
      return new NpyHeader(dtype(descr), fortranOrder, shape);
    }

    private void value(String key) {
      switch (key) {
        case "descr" -> {
          blanks();
          if (position < text.length() && text.charAt(position) == '[') {
            throw unsupported("records");
          }
          descr = string();
        }
        case "fortran_order" -> fortranOrder = bool();
        default -> shape = tuple();
      }
    }

    private DType dtype(String code) {
      return switch (code) {
        case "<f2" -> DType.F16;
        case "<f4" -> DType.F32;
        case "<f8" -> DType.F64;
        case "|b1" -> DType.BOOL;
        case "|i1" -> DType.I8;
        case "|u1" -> DType.U8;
        case "<i2" -> DType.I16;
        case "<u2" -> DType.U16;
        case "<i4" -> DType.I32;
        case "<u4" -> DType.U32;
        case "<i8" -> DType.I64;
        case "<u8" -> DType.U64;
        default -> throw unsupported("type " + Escape.quoted(code));
      };
    }

    private BadInput unsupported(String what) {
      return new BadInput(
          "npy-type",
          name + ": expected little-endian real numbers or integers (<f2, <f4, <f8, <i1 … <u8), found " + what
              + "; save it with array.astype('<f4')");
    }

    private Shape tuple() {
      List<Long> extents = new ArrayList<>();
      expect('(');
      while (!accept(')')) {
        extents.add(number());
        if (!accept(',')) {
          expect(')');
          break;
        }
      }
      try {
        return Shape.of(extents.stream().mapToLong(Long::longValue).toArray());
      } catch (ArithmeticException overflow) {
        throw new BadInput("npy-header", name + ": expected fewer than 2^63 elements, found shape " + extents,
            overflow);
      }
    }

    private long number() {
      blanks();
      int start = position;
      while (position < text.length() && Character.isDigit(text.charAt(position))) {
        position++;
      }
      if (position == start || position - start > 18) {
        throw bad("expected an extent of at most 18 digits", rest(start));
      }
      return Long.parseLong(text.substring(start, position));
    }

    private boolean bool() {
      blanks();
      for (String word : List.of("True", "False")) {
        if (text.startsWith(word, position)) {
          position += word.length();
          return word.equals("True");
        }
      }
      throw bad("expected True or False", rest(position));
    }

    private String string() {
      blanks();
      int start = position;
      char quote = start < text.length() ? text.charAt(start) : ' ';
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, start + 1) : -1;
      if (end < 0) {
        throw bad("expected a string", rest(start));
      }
      position = end + 1;
      return text.substring(start + 1, end);
    }

    private void expect(char wanted) {
      if (!accept(wanted)) {
        throw bad("expected '" + wanted + "'", rest(position));
      }
    }

    private boolean accept(char wanted) {
      blanks();
      boolean there = position < text.length() && text.charAt(position) == wanted;
      position += there ? 1 : 0;
      return there;
    }

    private void blanks() {
      while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
    }

    private String rest(int from) {
      return from < text.length() ? Escape.quoted(text.substring(from)) : "its end";
    }

    private BadInput bad(String expected, String found) {
      return new BadInput(
          "npy-header", name + ": character " + position + " of the header: " + expected + ", found " + found);
    }
  }
}
