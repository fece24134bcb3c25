package org.scaleinv.invariant;

import java.util.List;

/**
 * An invariant under the null model.
 *
 * @param mean over the draws on which it is applicable
 * @param deviation standard deviation over the draws; null for one draw
 */
public record NullValue(double mean, Double deviation, int draws) {

  /** Null when there is no value. */
  public static NullValue of(List<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    int count = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / count;
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new NullValue(mean, count < 2 ? null : Math.sqrt(squares / (count - 1)), count);
  }
}
