package org.scaleinv.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A tensor's name with the numbers taken out: "h.3.attn.c_attn.weight" is "h.{}.attn.c_attn.weight" with 3.
 *
 * @param pattern the name, {@code {}} in the place of each component that is a number
 * @param numbers those numbers, from left to right
 */
record TensorName(String pattern, List<Integer> numbers) {
  private static final String HOLE = "{}";
  private static final int MOST_DIGITS = 9;

  /** Layer 2 before layer 10, which the order of names as text would turn round. */
  static final Comparator<TensorName> NATURAL_ORDER =
      Comparator.comparing(TensorName::pattern).thenComparing(TensorName::numbers, TensorName::compareNumbers);

  static TensorName of(String name) {
    StringBuilder pattern = new StringBuilder();
    List<Integer> numbers = new ArrayList<>();
    for (String component : name.split("\\.", -1)) {
      if (isNumber(component)) {
        numbers.add(Integer.valueOf(component));
      }
      pattern.append(pattern.isEmpty() ? "" : ".").append(isNumber(component) ? HOLE : component);
    }
    return new TensorName(pattern.toString(), List.copyOf(numbers));
  }

  /**
   * The layer that a name speaks of: its only number, or the only one that does not count experts. Null when there is
   * none, or more than one.
   */
  static Integer layer(String name) {
    Integer layer = null;
    String before = "";
    for (String component : name.split("\\.", -1)) {
      if (isNumber(component) && !before.contains("expert")) {
        if (layer != null) {
          return null;
        }
        layer = Integer.valueOf(component);
      }
      before = component;
    }
    return layer;
  }

  /** Decimal digits in their shortest form; longer numbers than any count of layers stay part of the name. */
  private static boolean isNumber(String component) {
    if (component.isEmpty() || component.length() > MOST_DIGITS) {
      return false;
    }
    boolean leadingZero = component.length() > 1 && component.charAt(0) == '0';
    return !leadingZero && component.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int compareNumbers(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = Integer.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
