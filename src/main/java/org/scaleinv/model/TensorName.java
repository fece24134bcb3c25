package org.scaleinv.model;

import java.util.ArrayList;
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

  /** A text that sorts as the name should: layer 2 before layer 10. */
  static String sortKey(String name) {
    StringBuilder key = new StringBuilder();
    for (String component : name.split("\\.", -1)) {
      key.append("0".repeat(isNumber(component) ? MOST_DIGITS - component.length() : 0)).append(component).append('.');
    }
    return key.toString();
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
}
