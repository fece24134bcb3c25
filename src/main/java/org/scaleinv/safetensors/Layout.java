package org.scaleinv.safetensors;

import java.util.Comparator;
import java.util.List;
import org.scaleinv.error.Escape;

/** The rule that tensors fill the bytes after the header: no hole, nothing shared, nothing left over. */
final class Layout {
  private static final Comparator<TensorEntry> BY_RANGE =
      Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end);

  private Layout() {}

  /** Sorts the entries by their bytes and checks them against the number of bytes there are. */
  static void check(List<TensorEntry> entries, long dataBytes, HeaderErrors errors) {
    entries.sort(BY_RANGE);
    long end = 0;
    TensorEntry previous = null;
    for (TensorEntry entry : entries) {
      errors.reading(entry.name());
      if (entry.begin() < end) {
        throw errors.broken("tensors-overlap", overlap(entry, previous));
      }
      if (entry.begin() > end) {
        throw errors.broken(
            "tensors-leave-hole",
            "expected to begin at data byte " + end + ", where the tensors before it end, found " + entry.begin());
      }
      end = entry.end();
      previous = entry;
    }
    errors.reading(null);
    checkLength(end, dataBytes, errors);
  }

  /** Finds two tensors that share bytes; there are some. Holes are not looked for. */
  static void failOnOverlap(List<TensorEntry> entries, HeaderErrors errors) {
    entries.sort(BY_RANGE);
    TensorEntry furthest = entries.getFirst();
    for (TensorEntry entry : entries.subList(1, entries.size())) {
      if (entry.begin() < furthest.end()) {
        errors.reading(entry.name());
        throw errors.broken("tensors-overlap", overlap(entry, furthest));
      }
      furthest = entry;
    }
    throw new IllegalStateException("no two tensors share bytes");
  }

  private static String overlap(TensorEntry entry, TensorEntry other) {
    return "expected bytes of its own, found data bytes " + entry.begin() + " to " + entry.end() + " shared with "
        + "tensor " + Escape.quoted(other.name()) + ", " + other.begin() + " to " + other.end();
  }

  private static void checkLength(long end, long dataBytes, HeaderErrors errors) {
    if (end > dataBytes) {
      throw errors.broken(
          SafetensorsFile.TRUNCATED,
          "expected " + end + " bytes after the header, found " + dataBytes + "; the file was cut short, perhaps by a "
              + "download that did not finish");
    }
    if (end < dataBytes) {
      throw errors.broken(
          "trailing-bytes", "expected " + end + " bytes after the header, found " + dataBytes);
    }
  }
}
