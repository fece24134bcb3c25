package org.scaleinv.invariant.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.invariant.Array;
import org.scaleinv.statistics.persistence.Barcode;

/**
 * Persistence diagrams among a profile's arrays: "diagram/CLOUD", and of two null clouds "null_diagram/0/CLOUD" and
 * "null_diagram/1/CLOUD". Each is (bars, 3): dimension, birth, death in units of the cloud's median distance; the death
 * of an essential class is infinite.
 */
public final class DiagramArrays {
  /** Of as many null clouds a diagram is kept: two, so that those of two models are never of one draw. */
  public static final int NULLS = 2;

  private static final String FOUND = "diagram/";
  private static final String NULL = "null_diagram/";
  private static final int COLUMNS = 3;

  private DiagramArrays() {}

  /**
   * The diagrams of one cloud.
   *
   * @param found by dimension
   * @param nulls of each null cloud, by dimension; empty without
   */
  public record CloudDiagrams(List<Barcode> found, List<List<Barcode>> nulls) {}

  static String found(String cloud) {
    return FOUND + cloud;
  }

  /** @param draw 0 … {@link #NULLS} − 1 */
  static String ofNull(String cloud, int draw) {
    return NULL + draw + "/" + cloud;
  }

  static Array table(List<Barcode> barcodes) {
    double[] table = new double[COLUMNS * barcodes.stream().mapToInt(Barcode::size).sum()];
    int at = 0;
    for (int k = 0; k < barcodes.size(); k++) {
      for (int bar = 0; bar < barcodes.get(k).size(); bar++) {
        table[at++] = k;
        table[at++] = barcodes.get(k).birth(bar);
        table[at++] = barcodes.get(k).death(bar);
      }
    }
    return Array.table(COLUMNS, table);
  }

  public static boolean isDiagram(String array) {
    return array.startsWith(FOUND) || array.startsWith(NULL);
  }

  /**
   * The diagrams by cloud.
   *
   * @param arrays others among them are passed over
   * @throws BadInput rule "diagram-broken" for an array that is no diagram, naming it
   */
  public static SortedMap<String, CloudDiagrams> read(SortedMap<String, Array> arrays) {
    SortedMap<String, CloudDiagrams> clouds = new TreeMap<>();
    arrays.forEach((name, array) -> {
      if (name.startsWith(FOUND)) {
        String cloud = name.substring(FOUND.length());
        List<List<Barcode>> nulls = IntStream.range(0, NULLS)
            .mapToObj(draw -> ofNull(cloud, draw))
            .filter(arrays::containsKey)
            .map(of -> barcodes(of, arrays.get(of)))
            .toList();
        clouds.put(cloud, new CloudDiagrams(barcodes(name, array), nulls));
      }
    });
    return clouds;
  }

  private static List<Barcode> barcodes(String name, Array array) {
    if (array.shape().rank() != 2 || array.shape().extent(1) != COLUMNS) {
      throw broken(name, "expected shape [bars, " + COLUMNS + "], found " + array.shape());
    }
    double[][] rows = IntStream.range(0, array.values().length / COLUMNS)
        .mapToObj(row -> Arrays.copyOfRange(array.values(), COLUMNS * row, COLUMNS * (row + 1)))
        .toArray(double[][]::new);
    int dimension = -1;
    for (double[] row : rows) {
      if (!(row[0] >= 0 && row[0] == (short) row[0])) {
        throw broken(name, "expected a dimension, found " + row[0]);
      }
      dimension = Math.max(dimension, (int) row[0]);
    }
    List<Barcode> barcodes = new ArrayList<>();
    for (int k = 0; k <= dimension; k++) {
      barcodes.add(barcode(name, rows, k));
    }
    return List.copyOf(barcodes);
  }

  private static Barcode barcode(String name, double[][] rows, int dimension) {
    double[][] bars = Arrays.stream(rows).filter(row -> row[0] == dimension).toArray(double[][]::new);
    try {
      return new Barcode(
          Arrays.stream(bars).mapToDouble(row -> row[1]).toArray(),
          Arrays.stream(bars).mapToDouble(row -> row[2]).toArray());
    } catch (IllegalArgumentException noBar) {
      throw broken(name, "expected bars, found " + noBar.getMessage());
    }
  }

  private static BadInput broken(String name, String problem) {
    return new BadInput("diagram-broken", "array " + Escape.quoted(name) + ": " + problem);
  }
}
