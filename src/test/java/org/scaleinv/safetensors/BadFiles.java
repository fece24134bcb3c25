package org.scaleinv.safetensors;

import static org.scaleinv.safetensors.SafetensorsBytes.bytes;
import static org.scaleinv.safetensors.SafetensorsBytes.concatenate;
import static org.scaleinv.safetensors.SafetensorsBytes.data;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;
import static org.scaleinv.safetensors.SafetensorsBytes.oneTensor;
import static org.scaleinv.safetensors.SafetensorsBytes.utf8;
import static org.scaleinv.safetensors.SafetensorsBytes.withLength;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Single files that each break one rule of the format, or are another format. */
public final class BadFiles {
  private final List<BadCase> cases = new ArrayList<>();

  private BadFiles() {}

  /** Every case; see {@link BadFolders} for models of several files. */
  public static List<BadCase> all() {
    BadFiles files = new BadFiles();
    files.framing();
    files.encoding();
    files.json();
    files.entryFields();
    files.shapes();
    files.offsets();
    files.layout();
    files.namesAndMetadata();
    files.otherFormats();
    return List.copyOf(files.cases);
  }

  private void add(String rule, String name, byte[] content) {
    cases.add(new BadCase(name, rule, folder -> Files.write(folder.resolve("bad.safetensors"), content)));
  }

  /** A header over four bytes of data. */
  private void header(String rule, String name, String header) {
    add(rule, name, file(header, 4));
  }

  /** The value of a tensor "a" that would own the four bytes. */
  private void value(String rule, String name, String value) {
    header(rule, name, "{\"a\":" + value + "}");
  }

  private void shape(String rule, String name, String shape) {
    value(rule, name, "{\"dtype\":\"U8\",\"shape\":" + shape + ",\"data_offsets\":[0,4]}");
  }

  private void offsets(String rule, String name, String offsets) {
    value(rule, name, "{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + offsets + "}");
  }

  private void dtype(String rule, String name, String dtype) {
    value(rule, name, "{\"dtype\":" + dtype + ",\"shape\":[4],\"data_offsets\":[0,4]}");
  }

  private void framing() {
    add("file-too-short", "empty file", new byte[0]);
    add("file-too-short", "seven bytes", new byte[7]);
    add("header-empty", "header length 0", withLength(0, new byte[0]));
    add("header-too-long", "header length 100,000,001", withLength(100_000_001, utf8("{}")));
    add("header-too-long", "header length 2^63", withLength(Long.MIN_VALUE, utf8("{}")));
    add("header-too-long", "header length 2^64 - 1", withLength(-1, utf8("{}")));
    add("header-beyond-file", "header length 3 in a header of 2", withLength(3, utf8("{}")));
    add("header-beyond-file", "header length 100,000,000 in a small file", withLength(100_000_000, utf8("{}")));
    add("trailing-bytes", "one byte after the last tensor", file(oneTensor(""), 5));
    add("trailing-bytes", "bytes after a header without tensors", file("{}", 1));
    add("truncated", "one byte missing at the end", file(oneTensor(""), 3));
    add("truncated", "no data at all", file(oneTensor(""), 0));
    cases.add(new BadCase("header length 100,000,001 inside a file as long", "header-too-long", folder -> {
      Path path = folder.resolve("bad.safetensors");
      try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
        out.write(withLength(100_000_001, utf8("{}")));
        out.setLength(100_000_009);
      }
      return path;
    }));
  }

  private void encoding() {
    malformed("overlong NUL", 0xc0, 0x80);
    malformed("overlong slash", 0xe0, 0x80, 0xaf);
    malformed("surrogate in three bytes", 0xed, 0xa0, 0x80);
    malformed("continuation byte alone", 0x80);
    malformed("code point above U+10FFFF", 0xf4, 0x90, 0x80, 0x80);
    malformed("sequence cut short", 0xe2, 0x82);
    malformed("byte 0xff", 0xff);
    add("header-not-utf8", "sequence cut short by the header's end", file(concatenate(utf8("{}"), bytes(0xe2)), 0));
  }

  private void malformed(String name, int... inName) {
    byte[] entry = utf8("\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}");
    add("header-not-utf8", name, file(concatenate(utf8("{\"a"), bytes(inName), entry), 4));
  }

  private void json() {
    header("text-after-header", "text after the object", oneTensor("") + "x");
    header("text-after-header", "second object", oneTensor("") + "{}");
    header("text-after-header", "padding of NUL", oneTensor("") + "\0\0");
    header("text-after-header", "form feed after the object", oneTensor("") + "\f");
    header("header-not-json", "byte order mark", "\ufeff" + oneTensor(""));
    header("header-not-json", "trailing comma", oneTensor(","));
    header("header-not-json", "trailing comma in an entry",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],}}");
    header("header-not-json", "comment", "/* */" + oneTensor(""));
    header("header-not-json", "comment inside", oneTensor("// b\n"));
    header("header-not-json", "array on top", "[" + oneTensor("") + "]");
    header("header-not-json", "null on top", "null");
    header("header-not-json", "string on top", "\"a\"");
    header("header-not-json", "number on top", "17");
    header("header-not-json", "white space alone", "        ");
    header("header-not-json", "no end", "{" + entry("a", "U8", 0, 4, 4));
    header("header-not-json", "no end of a name", "{\"a");
    header("header-not-json", "backslash at the end", "{\"a\\");
    header("header-not-json", "no colon", "{\"a\"{}}");
    header("header-not-json", "no comma", oneTensor(" " + entry("b", "U8", 4, 4, 0)));
    header("header-not-json", "name without quotes", "{a:{}}");
    header("header-not-json", "single quotes", "{'a':{}}");
    header("header-not-json", "NaN", "{\"a\":NaN}");
    header("header-not-json", "unknown escape", oneTensor(",\"\\x41\":{}"));
    header("header-not-json", "escape of three digits", oneTensor(",\"\\u123\":{}"));
    header("header-not-json", "escape of digits of another script", oneTensor(",\"\\u\uff11\uff12\uff13\uff14\":{}"));
    header("header-not-json", "high surrogate alone", oneTensor(",\"\\ud800\":{}"));
    header("header-not-json", "low surrogate alone", oneTensor(",\"\\udc00\":{}"));
    header("header-not-json", "surrogates in the wrong order", oneTensor(",\"\\udc00\\ud800\":{}"));
    header("header-not-json", "raw line feed in a name", oneTensor(",\"b\n\":{}"));
    header("header-not-json", "raw NUL in a name", oneTensor(",\"b\0\":{}"));
    header("header-not-json", "deep nesting on top", "[".repeat(100_000));
    header("field-unknown", "deep nesting in an object", "{\"a\":".repeat(100_000));
  }

  private void entryFields() {
    String dtype = "\"dtype\":\"U8\"";
    String shape = "\"shape\":[4]";
    String offsets = "\"data_offsets\":[0,4]";
    value("field-missing", "no dtype", "{" + shape + "," + offsets + "}");
    value("field-missing", "no shape", "{" + dtype + "," + offsets + "}");
    value("field-missing", "no data_offsets", "{" + dtype + "," + shape + "}");
    value("field-missing", "empty entry", "{}");
    for (String field : List.of(dtype, shape, offsets)) {
      value("field-repeated", "repeated " + field, "{" + String.join(",", dtype, shape, offsets, field) + "}");
    }
    value("field-unknown", "unknown field", "{" + String.join(",", dtype, shape, offsets, "\"strides\":[1]") + "}");
    value("field-unknown", "field in capitals", "{\"DTYPE\":\"U8\"," + shape + "," + offsets + "}");
    for (String other : List.of("null", "true", "7", "\"U8\"", "[]", "[".repeat(100_000))) {
      value("entry-not-an-object", "entry is " + shortened(other), other);
    }
    for (String other : List.of("null", "8", "[\"U8\"]", "{}")) {
      dtype("dtype-not-a-string", "dtype is " + other, other);
    }
    for (String other : List.of("u8", "f32", "F128", "F8_E4M3FN", "I4", "", "U8 ", "\\u0000")) {
      dtype("dtype-unknown", "dtype \"" + other + "\"", "\"" + other + "\"");
    }
  }

  private void shapes() {
    for (String other : List.of("[-4]", "[-0]", "[4.0]", "[4e0]", "[\"4\"]", "[null]", "[[4]]", "4", "\"4\"", "null",
        "{}", "[9223372036854775808]", "[18446744073709551616]", "[4,true]")) {
      shape("shape-not-integers", "shape " + other, other);
    }
    for (String other : List.of("[04]", "[00]", "[4,]", "[,4]", "[+4]", "[4 4]", "[.4]")) {
      shape("header-not-json", "shape " + other, other);
    }
    shape("shape-overflow", "product overflows before a zero", "[9223372036854775807,9223372036854775807,0]");
    shape("shape-overflow", "product overflows to zero", "[4294967296,4294967296]");
    shape("shape-overflow", "bits overflow", "[2305843009213693952]");
    shape("rank-too-high", "rank 65", "[4" + ",1".repeat(64) + "]");
    header("not-whole-bytes", "three elements of F4", "{" + entry("a", "F4", 0, 1, 3) + "}");
    header("not-whole-bytes", "one element of F6_E2M3", "{" + entry("a", "F6_E2M3", 0, 1, 1) + "}");
    header("not-whole-bytes", "one element of F6_E3M2", "{" + entry("a", "F6_E3M2", 0, 1, 1) + "}");
  }

  private void offsets() {
    for (String other : List.of("[]", "[4]", "[0,4,4]", "[-0,4]", "[0,-4]", "[0,4.0]", "[0,4e0]", "[0,\"4\"]", "null",
        "\"0,4\"", "{}", "[0,null]", "[0,18446744073709551616]")) {
      offsets("offsets-not-a-pair", "data_offsets " + other, other);
    }
    offsets("header-not-json", "data_offsets [0,]", "[0,]");
    offsets("header-not-json", "data_offsets [0,04]", "[0,04]");
    offsets("offsets-reversed", "data_offsets [4,0]", "[4,0]");
    offsets("size-mismatch", "data_offsets too short", "[0,3]");
    offsets("size-mismatch", "data_offsets too long", "[0,5]");
    offsets("size-mismatch", "data_offsets of a tensor end at 2^63 - 1", "[0,9223372036854775807]");
  }

  private void layout() {
    header("tensors-leave-hole", "hole before the first tensor", "{" + entry("a", "U8", 1, 4, 3) + "}");
    header("tensors-leave-hole", "hole between tensors",
        "{" + entry("a", "U8", 0, 1, 1) + "," + entry("b", "U8", 2, 4, 2) + "}");
    header("tensors-leave-hole", "empty tensor beyond the others",
        "{" + entry("a", "U8", 0, 3, 3) + "," + entry("b", "U8", 4, 4, 0) + "}");
    header("tensors-overlap", "two tensors share a byte",
        "{" + entry("a", "U8", 0, 3, 3) + "," + entry("b", "U8", 2, 4, 2) + "}");
    header("tensors-overlap", "two names for one range", oneTensor("," + entry("b", "U8", 0, 4, 4)));
    header("tensors-overlap", "an empty tensor inside another", oneTensor("," + entry("b", "U8", 2, 2, 0)));
    header("tensors-overlap", "three names for one range after a hole",
        "{" + entry("a", "U8", 2, 4, 2) + "," + entry("b", "U8", 2, 4, 2) + "," + entry("c", "U8", 2, 4, 2) + "}");
    add("tensors-overlap", "ten names for one range", overlapping(10));
    add("tensors-overlap", "100,000 names for one range", overlapping(100_000));
  }

  private static byte[] overlapping(int names) {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < names; i++) {
      header.append(i == 0 ? "" : ",").append(entry("t" + i, "U8", 0, 4, 4));
    }
    return file(header.append('}').toString(), 4);
  }

  private void namesAndMetadata() {
    header("duplicate-name", "a name twice", oneTensor("," + entry("a", "U8", 4, 4, 0)));
    header("duplicate-name", "a name twice, once escaped", oneTensor("," + entry("\\u0061", "U8", 4, 4, 0)));
    header("duplicate-name", "metadata twice", oneTensor(",\"__metadata__\":{},\"__metadata__\":{}"));
    header("duplicate-name", "metadata twice, once null",
        oneTensor(",\"__metadata__\":null,\"\\u005f_metadata__\":{}"));
    for (String other : List.of("[]", "\"a\"", "7", "true")) {
      header("metadata-not-an-object", "metadata is " + other, oneTensor(",\"__metadata__\":" + other));
    }
    for (String other : List.of("7", "null", "true", "[]", "{}", "[".repeat(100_000))) {
      header("metadata-not-a-string", "a value of the metadata is " + shortened(other),
          oneTensor(",\"__metadata__\":{\"k\":" + other + "}"));
    }
    header("duplicate-metadata", "a key of the metadata twice",
        oneTensor(",\"__metadata__\":{\"k\":\"1\",\"k\":\"1\"}"));
    header("duplicate-metadata", "a key of the metadata twice, once escaped",
        oneTensor(",\"__metadata__\":{\"k\":\"1\",\"\\u006b\":\"2\"}"));
  }

  private void otherFormats() {
    add("git-lfs-pointer", "git-LFS pointer", utf8(
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 548105171\n"));
    add("html-page", "HTML page", utf8("<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>"));
    add("html-page", "HTML page after white space", utf8("\n\n  <HTML><body>404</body></HTML>"));
    add("pytorch-zip", "PyTorch checkpoint", concatenate(bytes('P', 'K', 3, 4, 0, 0, 8, 8), data(100)));
    add("pickle", "pickle", concatenate(bytes(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46), data(100)));
    add("gguf", "GGUF file", concatenate(bytes('G', 'G', 'U', 'F', 3, 0, 0, 0), data(100)));
    add("hdf5", "HDF5 file", concatenate(bytes(0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'), data(100)));
    add("header-too-long", "plain text", utf8("Entry not found"));
  }

  private static String shortened(String text) {
    return text.length() < 20 ? text : text.substring(0, 3) + "… (" + text.length() + " characters)";
  }
}
