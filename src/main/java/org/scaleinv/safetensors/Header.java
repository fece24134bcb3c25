package org.scaleinv.safetensors;

import java.util.List;
import java.util.SortedMap;

/**
 * A header that keeps every rule of the format.
 *
 * @param entries in the order of their bytes
 */
record Header(List<TensorEntry> entries, SortedMap<String, String> metadata) {
  /** Longest header that the format allows, in bytes. */
  static final long LONGEST = 100_000_000;

  /** The rule that a header is no longer. */
  static final String TOO_LONG = "header-too-long";

  /** Bytes before the header: its length, an unsigned little-endian 64-bit integer. */
  static final int LENGTH_BYTES = 8;

  /**
   * @param text the header without its length
   * @param dataBytes bytes of the file after the header
   * @throws org.scaleinv.error.BadInput when a rule is broken
   */
  static Header parse(String file, byte[] text, long dataBytes) {
    HeaderErrors errors = new HeaderErrors(file);
    if (text.length > LONGEST) {
      throw errors.broken(TOO_LONG, "expected a header of at most " + LONGEST + " bytes, found " + text.length);
    }
    HeaderParser parser = new HeaderParser(text, errors);
    parser.parse();
    Layout.check(parser.entries(), dataBytes, errors);
    return new Header(parser.entries(), parser.metadata());
  }
}
