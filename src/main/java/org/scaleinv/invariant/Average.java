package org.scaleinv.invariant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of one invariant over parts in groups (layers, roles): every group counts the same, and within it every
 * part. Pooled invariants weigh a part by a number of its detail instead, whatever its group.
 *
 * <p>Errors and the null's deviation are those of independent parts, √Σw²e². The spread over the groups' means is a
 * description, not an error.
 */
public final class Average {
  private final InvariantInfo info;
  private final List<Measurement> parts;
  private final int leftOut;
  private final String reason;
  private final Map<Object, List<Measurement>> groups = new LinkedHashMap<>();
  private final List<Double> weights = new ArrayList<>();
  private final double totalWeight;

  /**
   * @param rows of one invariant, those that are not applicable among them
   * @param group of a row, null for none; rows with the same count as one group
   */
  public Average(InvariantInfo info, List<Measurement> rows, Function<Measurement, Object> group) {
    this.info = info;
    this.parts = rows.stream().filter(Measurement::applicable).toList();
    this.leftOut = rows.size() - parts.size();
    this.reason = rows.stream()
        .filter(row -> !row.applicable())
        .findFirst()
        .map(row -> String.valueOf(row.detail().get(Outcome.NOT_APPLICABLE)))
        .orElse("");
    parts.forEach(part -> groups.computeIfAbsent(group.apply(part), key -> new ArrayList<>()).add(part));
    for (Measurement part : parts) {
      weights.add(pooled() ? weight(part) : 1.0 / groups.get(group.apply(part)).size());
    }
    this.totalWeight = weights.stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * The mean beside the mean of the parts' nulls; not applicable, for the first part's reason, where no part is.
   *
   * @param groupsName what the groups are called in the detail
   */
  public Row row(String groupsName) {
    if (parts.isEmpty()) {
      return new Row(info, Outcome.notApplicable(reason), null);
    }
    Outcome outcome = Outcome.of(sum(Measurement::value)).with("parts", parts.size());
    if (!groups.containsKey(null)) {
      outcome = outcome.with(groupsName, groups.size());
    }
    if (parts.stream().allMatch(part -> part.error() != null)) {
      outcome = outcome.withError(quadrature(Measurement::error));
    }
    if (groups.size() > 1) {
      outcome = outcome.with("spread", spread());
    }
    if (pooled()) {
      outcome = outcome.with(info.pooledBy(), (long) totalWeight);
    }
    if (leftOut > 0) {
      outcome = outcome.with("left_out", leftOut).with("left_out_because", reason);
    }
    return new Row(info, outcome, nullValue());
  }

  private NullValue nullValue() {
    if (!parts.stream().allMatch(part -> part.nullValue() != null)) {
      return null;
    }
    boolean deviates = parts.stream().allMatch(part -> part.detail().containsKey(Row.NULL_DEVIATION));
    Double deviation = deviates ? quadrature(part -> number(part, Row.NULL_DEVIATION)) : null;
    int draws = parts.stream().mapToInt(part -> (int) number(part, Row.NULL_DRAWS)).min().orElse(0);
    return new NullValue(sum(Measurement::nullValue), deviation, draws);
  }

  private double sum(ToDoubleFunction<Measurement> number) {
    double sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum += weights.get(i) * number.applyAsDouble(parts.get(i));
    }
    return sum / totalWeight;
  }

  private double quadrature(ToDoubleFunction<Measurement> number) {
    double sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      double term = weights.get(i) * number.applyAsDouble(parts.get(i));
      sum += term * term;
    }
    return Math.sqrt(sum) / totalWeight;
  }

  /** Standard deviation over the groups of their plain means. */
  private double spread() {
    double[] means = groups.values().stream()
        .mapToDouble(group -> group.stream().mapToDouble(Measurement::value).sum() / group.size())
        .toArray();
    return Math.sqrt(StatUtils.variance(means));
  }

  private boolean pooled() {
    return info.pooledBy() != null;
  }

  private double weight(Measurement part) {
    return number(part, info.pooledBy());
  }

  private static double number(Measurement part, String key) {
    return part.detail().get(key) instanceof Number number ? number.doubleValue() : 0;
  }
}
