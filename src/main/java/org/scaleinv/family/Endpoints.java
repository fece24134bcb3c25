package org.scaleinv.family;

import java.util.List;

/** Mean values of the smallest and of the largest scale that have any. */
record Endpoints(double small, double large) {

  /** @param values by model, null where there is none; at least one is not null */
  static Endpoints of(List<Double> values, int[] scale) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < scale.length; i++) {
      if (values.get(i) != null) {
        first = first < 0 ? scale[i] : first;
        last = scale[i];
      }
    }
    return new Endpoints(mean(values, scale, first), mean(values, scale, last));
  }

  /** |I_large − I_small| / |I_small|; null where I_small is 0. */
  Double conservationError() {
    return small == 0 ? null : Double.valueOf(Math.abs(large - small) / Math.abs(small));
  }

  private static double mean(List<Double> values, int[] scale, int wanted) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < scale.length; i++) {
      if (scale[i] == wanted && values.get(i) != null) {
        sum += values.get(i);
        count++;
      }
    }
    return sum / count;
  }
}
