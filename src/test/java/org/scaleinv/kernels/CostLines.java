package org.scaleinv.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The cost lines of the kernels' files:
 *
 * <pre>
 * //   cost name_{one,other}: n=5000 d=768; bytes=4*n*n; f32=d*n*(n-1); block=64; dynamic=8*d; preparation
 * </pre>
 *
 * <p>A line goes on in those after it that are indented deeper. dynamic, f32, f64 and preparation may be left out.
 */
final class CostLines {
  private static final String START = "//   cost ";
  private static final String CONTINUED = "//     ";
  private static final Set<String> FIELDS = Set.of("bytes", "f32", "f64", "block", "dynamic", "preparation");

  private CostLines() {}

  /** By the kernel's name. */
  static SortedMap<String, KernelCost> ofFolder(Path kernels) throws IOException {
    SortedMap<String, KernelCost> costs = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(kernels)) {
      files = all.filter(file -> file.toString().endsWith(".cu")).sorted().toList();
    }
    for (Path file : files) {
      for (KernelCost cost : ofFile(file.getFileName().toString(), Files.readString(file))) {
        if (costs.put(cost.kernel(), cost) != null) {
          throw new BadReport(file + ": a second cost line of " + cost.kernel());
        }
      }
    }
    return costs;
  }

  static List<KernelCost> ofFile(String file, String source) {
    List<KernelCost> costs = new ArrayList<>();
    List<String> lines = source.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(START)) {
        continue;
      }
      var line = new StringBuilder(lines.get(i).substring(START.length()));
      while (i + 1 < lines.size() && lines.get(i + 1).startsWith(CONTINUED)) {
        line.append(' ').append(lines.get(++i).substring(CONTINUED.length()).strip());
      }
      try {
        costs.addAll(ofLine(file, line.toString()));
      } catch (BadReport | NumberFormatException e) {
        throw new BadReport("kernels/" + file + ": cost " + line + ": " + e.getMessage());
      }
    }
    return costs;
  }

  private static List<KernelCost> ofLine(String file, String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new BadReport("no colon follows the name");
    }
    String[] parts = line.substring(colon + 1).split(";");
    Map<String, Double> sizes = new LinkedHashMap<>();
    for (String size : parts[0].strip().split("\\s+")) {
      String[] named = named(size);
      sizes.put(named[0], Expression.value(named[1], sizes));
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] named = parts[i].strip().equals("preparation") ? new String[] {"preparation", ""} : named(parts[i]);
      if (!FIELDS.contains(named[0]) || fields.put(named[0], named[1]) != null) {
        throw new BadReport(named[0] + " is unknown or given twice");
      }
    }
    if (!fields.containsKey("bytes") || !fields.containsKey("block")) {
      throw new BadReport("bytes or block is missing");
    }
    return names(line.substring(0, colon)).stream().map(name -> cost(name, file, sizes, fields)).toList();
  }

  private static KernelCost cost(String name, String file, Map<String, Double> sizes, Map<String, String> fields) {
    var cost = new KernelCost(
        name, file, sizes,
        (int) Expression.value(fields.get("block"), sizes),
        fields.getOrDefault("dynamic", "0"),
        Expression.value(fields.get("bytes"), sizes),
        Expression.value(fields.getOrDefault("f32", "0"), sizes),
        Expression.value(fields.getOrDefault("f64", "0"), sizes),
        fields.containsKey("preparation"));
    cost.dynamic(Chip.REPORTED.getFirst());
    return cost;
  }

  private static String[] named(String text) {
    String[] sides = text.strip().split("=", 2);
    if (sides.length < 2) {
      throw new BadReport("\"" + text.strip() + "\" is no name=value");
    }
    return new String[] {sides[0].strip(), sides[1].strip()};
  }

  /** The names that a pattern with at most one {@code {a,b}} stands for. */
  private static List<String> names(String pattern) {
    int open = pattern.indexOf('{');
    int close = pattern.indexOf('}');
    if (open < 0 || close < open) {
      return List.of(pattern.strip());
    }
    String before = pattern.substring(0, open).strip();
    String after = pattern.substring(close + 1).strip();
    return Stream.of(pattern.substring(open + 1, close).split(","))
        .map(choice -> before + choice.strip() + after)
        .toList();
  }
}
