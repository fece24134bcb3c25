package org.scaleinv.family;

import java.util.List;
import java.util.stream.IntStream;

/** Mean values of the smallest and of the largest scale that have any. */
public record Endpoints(double small, double large) {

  /**
   * @param values by model, small to large; null where there is none; at least one is not null
   * @param scales by model: those of one scale are equal
   */
  public static Endpoints of(List<Double> values, List<?> scales) {
    int[] measured = IntStream.range(0, values.size()).filter(i -> values.get(i) != null).toArray();
    Object smallest = scales.get(measured[0]);
    Object largest = scales.get(measured[measured.length - 1]);
    return new Endpoints(mean(values, scales, smallest), mean(values, scales, largest));
  }

  /** |I_large − I_small| / |I_small|; null where I_small is 0. */
  Double conservationError() {
    return small == 0 ? null : Double.valueOf(Math.abs(large - small) / Math.abs(small));
  }

  private static double mean(List<Double> values, List<?> scales, Object wanted) {
    return IntStream.range(0, values.size())
        .filter(i -> values.get(i) != null && scales.get(i).equals(wanted))
        .mapToDouble(values::get)
        .average()
        .orElseThrow();
  }
}
