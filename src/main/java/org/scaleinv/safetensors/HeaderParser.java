package org.scaleinv.safetensors;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;

/** Reads a header's text into entries that each are sound; how they lie together is {@link Layout}'s to check. */
final class HeaderParser {
  /** No framework makes tensors of a higher rank (PyTorch's limit is 64). */
  static final int HIGHEST_RANK = 64;

  private static final String METADATA = "__metadata__";

  private final byte[] text;
  private final JsonCursor json;
  private final HeaderErrors errors;
  private final List<TensorEntry> entries = new ArrayList<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private long furthestEnd;
  private long claimedBytes;

  HeaderParser(byte[] text, HeaderErrors errors) {
    this.text = text;
    this.errors = errors;
    json = new JsonCursor(text, errors);
  }

  List<TensorEntry> entries() {
    return entries;
  }

  SortedMap<String, String> metadata() {
    return metadata;
  }

  void parse() {
    if (text.length == 0) {
      throw errors.broken("header-empty", "expected a header, found a header length of 0");
    }
    requireUtf8();
    json.open('{', JsonCursor.NOT_JSON, "a JSON object");
    Set<String> names = new HashSet<>();
    if (!json.accept('}')) {
      do {
        parseMember(names);
      } while (json.accept(','));
      json.expect('}');
    }
    if (json.peek() >= 0) {
      throw errors.broken("text-after-header", "expected nothing but white space after the object, found "
          + json.here());
    }
  }

  private void requireUtf8() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(text);
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw errors.broken("header-not-utf8", "expected UTF-8, found "
          + String.format("0x%02x", text[in.position()]) + " at header byte " + in.position());
    }
  }

  private void parseMember(Set<String> names) {
    String name = json.string();
    json.expect(':');
    if (!names.add(name)) {
      throw errors.broken("duplicate-name", "expected every name once, found " + Escape.quoted(name) + " again");
    }
    if (name.equals(METADATA)) {
      parseMetadata();
      return;
    }
    errors.reading(name);
    TensorEntry entry = parseEntry(name);
    entries.add(entry);
    requireRoomFor(entry);
    errors.reading(null);
  }

  /**
   * Tensors that claim more bytes than there are before the furthest end must share some: a header of a million names
   * for one range ends here, at the second.
   */
  private void requireRoomFor(TensorEntry entry) {
    furthestEnd = Math.max(furthestEnd, entry.end());
    if (entry.bytes() > furthestEnd - claimedBytes) {
      Layout.failOnOverlap(entries, errors);
    }
    claimedBytes += entry.bytes();
  }

  private void parseMetadata() {
    if (json.acceptNull()) {
      return;
    }
    json.open('{', "metadata-not-an-object", METADATA + " to be an object of strings or null");
    if (json.accept('}')) {
      return;
    }
    do {
      String key = json.string();
      json.expect(':');
      String value = json.string(
          "metadata-not-a-string", METADATA + " to hold a string under " + Escape.quoted(key));
      if (metadata.put(key, value) != null) {
        throw errors.broken(
            "duplicate-metadata",
            "expected every key of " + METADATA + " once, found " + Escape.quoted(key) + " again");
      }
    } while (json.accept(','));
    json.expect('}');
  }

  private TensorEntry parseEntry(String name) {
    json.open('{', "entry-not-an-object", "an object");
    DType dtype = null;
    Shape shape = null;
    long[] range = null;
    if (!json.accept('}')) {
      do {
        String field = json.string();
        json.expect(':');
        switch (field) {
          case "dtype" -> dtype = once(field, dtype, parseDType());
          case "shape" -> shape = once(field, shape, parseShape());
          case "data_offsets" -> range = once(field, range, parseRange());
          default -> throw errors.broken(
              "field-unknown", "expected dtype, shape and data_offsets, found " + Escape.quoted(field));
        }
      } while (json.accept(','));
      json.expect('}');
    }
    requireField("dtype", dtype);
    requireField("shape", shape);
    requireField("data_offsets", range);
    return sized(name, dtype, shape, range[0], range[1]);
  }

  private TensorEntry sized(String name, DType dtype, Shape shape, long begin, long end) {
    if (end < begin) {
      throw errors.broken("offsets-reversed", "expected data_offsets in order, found [" + begin + ", " + end + "]");
    }
    String described = "shape " + shape + " of " + dtype;
    long bits;
    try {
      bits = Math.multiplyExact(shape.size(), (long) dtype.bits());
    } catch (ArithmeticException overflow) {
      throw errors.broken("shape-overflow", "expected less than 2^63 bits, found " + described);
    }
    if (bits % 8 != 0) {
      throw errors.broken("not-whole-bytes", "expected whole bytes, found " + bits + " bits for " + described);
    }
    if (end - begin != bits / 8) {
      throw errors.broken(
          "size-mismatch", "expected " + bits / 8 + " bytes for " + described + ", found " + (end - begin));
    }
    return new TensorEntry(name, dtype, shape, begin, end);
  }

  private <T> T once(String field, T before, T value) {
    if (before != null) {
      throw errors.broken("field-repeated", "expected " + field + " once, found it again");
    }
    return value;
  }

  private void requireField(String field, Object value) {
    if (value == null) {
      throw errors.broken("field-missing", "expected dtype, shape and data_offsets, found no " + field);
    }
  }

  private DType parseDType() {
    String name = json.string("dtype-not-a-string", "dtype to be a string");
    return DType.named(name).orElseThrow(() -> errors.broken(
        "dtype-unknown", "expected one of " + Arrays.toString(DType.values()) + ", found " + Escape.quoted(name)));
  }

  private Shape parseShape() {
    json.open('[', "shape-not-integers", "shape to be an array of non-negative integers");
    long[] extents = new long[4];
    int rank = 0;
    if (!json.accept(']')) {
      do {
        if (rank == HIGHEST_RANK) {
          throw errors.broken("rank-too-high", "expected at most " + HIGHEST_RANK + " extents, found more");
        }
        extents = rank == extents.length ? Arrays.copyOf(extents, 2 * rank) : extents;
        extents[rank++] = json.natural("shape-not-integers", "shape to hold a non-negative integer");
      } while (json.accept(','));
      json.expect(']');
    }
    return checkedShape(Arrays.copyOf(extents, rank));
  }

  private Shape checkedShape(long[] extents) {
    try {
      return Shape.of(extents);
    } catch (ArithmeticException overflow) {
      throw errors.broken(
          "shape-overflow", "expected a product of extents below 2^63, found shape " + Arrays.toString(extents));
    }
  }

  private long[] parseRange() {
    String rule = "offsets-not-a-pair";
    json.open('[', rule, "data_offsets to be an array of two integers");
    if (json.peek() == ']') {
      throw errors.broken(rule, "expected data_offsets to hold two integers, found none");
    }
    long begin = json.natural(rule, "data_offsets to hold a non-negative integer");
    if (json.peek() == ']') {
      throw errors.broken(rule, "expected data_offsets to hold two integers, found one");
    }
    json.expect(',');
    long end = json.natural(rule, "data_offsets to hold a non-negative integer");
    if (json.peek() == ',') {
      throw errors.broken(rule, "expected data_offsets to hold two integers, found more");
    }
    json.expect(']');
    return new long[] {begin, end};
  }
}
