package org.scaleinv.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scaleinv.model.ArchitectureTable.Orientation;
import org.scaleinv.model.ArchitectureTable.TensorRule;

/** An architecture table together with the prefix that one model's names carry. */
final class FittedTable {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(layer|expert)}");

  private final ArchitectureTable table;
  private final String prefix;
  private final Map<String, TensorRule> rules = new HashMap<>();
  private final Set<String> buffers;

  private FittedTable(ArchitectureTable table, String prefix) {
    this.table = table;
    this.prefix = prefix;
    for (TensorRule rule : table.tensors()) {
      rules.put(pattern(rule.name()), rule);
    }
    buffers = table.buffers().stream().map(FittedTable::pattern).collect(Collectors.toSet());
  }

  /** A tensor's rule and its layer (null where the rule has none). */
  record Place(TensorRule rule, Integer layer, Orientation orientation) {}

  /** The table with the first of its prefixes under which every characteristic name is there. */
  static Optional<FittedTable> fit(ArchitectureTable table, Set<String> patterns) {
    return table.prefixes().stream()
        .filter(prefix -> table.characteristic().stream().allMatch(name -> patterns.contains(prefix + pattern(name))))
        .findFirst()
        .map(prefix -> new FittedTable(table, prefix));
  }

  ArchitectureTable table() {
    return table;
  }

  /** Heads on top of a base model carry no prefix, so names are looked up both with it and without. */
  Optional<Place> place(String name) {
    TensorName parsed = TensorName.of(name);
    for (String pattern : candidates(parsed.pattern())) {
      TensorRule rule = rules.get(pattern);
      if (rule != null && numbersOf(rule) == parsed.numbers().size()) {
        Integer layer = rule.name().contains("{layer}") ? parsed.numbers().getFirst() : null;
        return Optional.of(
            new Place(rule, layer, rule.orientation() == null ? table.orientation() : rule.orientation()));
      }
    }
    return Optional.empty();
  }

  boolean isBuffer(String name) {
    return candidates(TensorName.of(name).pattern()).stream().anyMatch(buffers::contains);
  }

  private List<String> candidates(String pattern) {
    return pattern.startsWith(prefix) ? List.of(pattern.substring(prefix.length()), pattern) : List.of(pattern);
  }

  private static String pattern(String name) {
    return PLACEHOLDER.matcher(name).replaceAll("{}");
  }

  private static long numbersOf(TensorRule rule) {
    return PLACEHOLDER.matcher(rule.name()).results().count();
  }
}
