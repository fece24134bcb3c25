package org.scaleinv.space;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file of numbers means; the names are Ripser's. */
public enum InputFormat {
  /** Told from the file's name and content, as docs/formats.md says. */
  AUTO,
  /** A point a row. */
  POINT_CLOUD,
  /** A symmetric matrix with zeros on its diagonal. */
  DISTANCE,
  /** What stands below the diagonal, row by row. */
  LOWER_DISTANCE,
  /** What stands above the diagonal, row by row: a condensed matrix of SciPy. */
  UPPER_DISTANCE,
  /** Lines of two indices from 0 and a distance; pairs that are not listed are never joined. */
  SPARSE,
  /** DIPHA's binary distance matrix. */
  DIPHA,
  /** 32-bit floats, little-endian, what stands below the diagonal, row by row: Ripser's binary format. */
  BINARY;

  /** The format's name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The format of that name, in any case. */
  public static Optional<InputFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.toString().equalsIgnoreCase(name)).findFirst();
  }

  /** All names, with commas between. */
  public static String names() {
    return Arrays.stream(values()).map(InputFormat::toString).collect(Collectors.joining(", "));
  }

  /** What the end of a file's name says; {@link #AUTO} where it says nothing. */
  static InputFormat ofFileName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(csv|txt|tsv|dat)$", "");
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "lower_distance_matrix" -> LOWER_DISTANCE;
      case "upper_distance_matrix" -> UPPER_DISTANCE;
      case "distance_matrix" -> DISTANCE;
      case "point_cloud" -> POINT_CLOUD;
      case "sparse" -> SPARSE;
      case "dipha" -> DIPHA;
      case "bin", "binary" -> BINARY;
      default -> AUTO;
    };
  }
}
