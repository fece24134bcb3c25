package org.scaleinv.kernels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.scaleinv.kernels.Datasheet.Floor;
import org.scaleinv.kernels.KernelTable.Row;

/** The report as two tables. Kernels of which a table says the same share a line. */
final class Markdown {
  private final KernelTable table;
  private final StringJoiner text = new StringJoiner("\n", "", "\n");

  private Markdown(KernelTable table) {
    this.table = table;
  }

  static String of(KernelTable table) {
    var markdown = new Markdown(table);
    markdown.resources();
    markdown.floors();
    return markdown.text.toString();
  }

  private void resources() {
    text.add("From nvcc " + table.nvcc() + ", for " + onEach(Chip::code) + " where they differ:");
    text.add("");
    text.add(
        "| kernel | threads | registers | spilled bytes | shared bytes, of "
            + onEach(chip -> grouped(chip.sharedPerBlock())) + " | resident warps | bound by |");
    text.add("|---|---|---|---|---|---|---|");
    add(row -> List.of(
        String.valueOf(row.cost().block()),
        onEach(chip -> String.valueOf(row.on(chip).registers())),
        onEach(chip -> spilled(row.on(chip))),
        onEach(chip -> shared(row, chip)),
        onEach(chip -> row.occupancy(chip).warps() + " (" + row.occupancy(chip).percent() + " %)"),
        onEach(chip -> row.occupancy(chip).limit())));
    text.add("");
  }

  private void floors() {
    text.add("Floors by the devices' datasheets:");
    text.add("");
    text.add(
        Datasheet.ALL.stream().map(Datasheet::device)
            .collect(Collectors.joining(" | ", "| kernel | sizes | MB | GFLOP | ", " |")));
    text.add("|---|---|---|---|" + "---|".repeat(Datasheet.ALL.size()));
    add(row -> {
      KernelCost cost = row.cost();
      List<String> cells = new ArrayList<>();
      cells.add(sizes(cost));
      cells.add(significant(cost.bytes() / 1e6));
      cells.add(operations(cost));
      Datasheet.ALL.forEach(device -> cells.add(floor(device.floor(cost))));
      return cells;
    });
  }

  /** A line for all kernels of a file whose cells are the same, where the first of them stands. */
  private void add(Function<Row, List<String>> cells) {
    Map<String, List<String>> kernels = new LinkedHashMap<>();
    for (Row row : table.rows()) {
      String line = " | " + String.join(" | ", cells.apply(row)) + " |";
      kernels.computeIfAbsent(row.cost().file() + line, key -> new ArrayList<>()).add(row.cost().kernel());
    }
    kernels.forEach(
        (line, names) -> text.add("| `" + String.join("`, `", names) + "`" + line.substring(line.indexOf(" | "))));
  }

  /** One cell for all chips: what is said of each, or once what is the same of all. */
  private static String onEach(Function<Chip, String> said) {
    List<String> all = Chip.REPORTED.stream().map(said).toList();
    return all.stream().distinct().count() == 1 ? all.getFirst() : String.join(" · ", all);
  }

  private static String spilled(Resources found) {
    return found.keepsToRegisters()
        ? "0"
        : found.spillStores() + " out, " + found.spillLoads() + " in, stack " + found.stack();
  }

  private static String shared(Row row, Chip chip) {
    int dynamic = row.cost().dynamic(chip);
    String declared = grouped(row.on(chip).shared());
    return dynamic == 0 ? declared : declared + " + " + grouped(dynamic);
  }

  private static String sizes(KernelCost cost) {
    return cost.sizes().entrySet().stream()
        .map(size -> size.getKey() + " = " + grouped(size.getValue().longValue()))
        .collect(Collectors.joining(", "));
  }

  private static String operations(KernelCost cost) {
    List<String> counts = new ArrayList<>();
    if (cost.f32() > 0) {
      counts.add(significant(cost.f32() / 1e9) + " F32");
    }
    if (cost.f64() > 0) {
      counts.add(significant(cost.f64() / 1e9) + " F64");
    }
    return counts.isEmpty() ? "0" : String.join(", ", counts);
  }

  private static String floor(Floor floor) {
    return significant(floor.seconds() * 1e6) + " µs, " + floor.bound();
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Three significant digits, all digits of whole numbers above them. */
  static String significant(double value) {
    int digits = value <= 0 ? 0 : 2 - (int) Math.floor(Math.log10(value));
    return String.format(Locale.ROOT, "%,." + Math.clamp(digits, 0, 9) + "f", value);
  }
}
