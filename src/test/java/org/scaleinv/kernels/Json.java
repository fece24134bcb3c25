package org.scaleinv.kernels;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaleinv.kernels.KernelTable.Row;

/** The report as JSON, with full digits. */
final class Json {
  private Json() {}

  static String of(KernelTable table) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("nvcc", table.nvcc());
    report.put("chips", Chip.REPORTED.stream().map(Json::chip).toList());
    report.put("datasheets", Datasheet.ALL.stream().map(Json::datasheet).toList());
    report.put("kernels", table.rows().stream().map(Json::kernel).toList());
    report.put("faults", table.faults());
    return text(report, "") + "\n";
  }

  private static Map<String, Object> chip(Chip chip) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("chip", chip.code());
    fields.put("warps", chip.warps());
    fields.put("blocks", chip.blocks());
    fields.put("shared_bytes", chip.shared());
    fields.put("shared_bytes_of_a_block", chip.sharedPerBlock());
    return fields;
  }

  private static Map<String, Object> datasheet(Datasheet device) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("device", device.device());
    fields.put("bytes_per_second", device.bytes());
    fields.put("f32_per_second", device.f32());
    fields.put("f64_per_second", device.f64());
    return fields;
  }

  private static Map<String, Object> kernel(Row row) {
    KernelCost cost = row.cost();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kernel", cost.kernel());
    fields.put("file", cost.file());
    fields.put("preparation", cost.preparation());
    fields.put("threads", cost.block());
    fields.put("resources", Chip.REPORTED.stream().map(chip -> resources(row, chip)).toList());
    fields.put("sizes", cost.sizes());
    fields.put("bytes", cost.bytes());
    fields.put("f32", cost.f32());
    fields.put("f64", cost.f64());
    fields.put("floors_by_datasheet", Datasheet.ALL.stream().map(device -> floor(device, cost)).toList());
    return fields;
  }

  private static Map<String, Object> resources(Row row, Chip chip) {
    Resources found = row.on(chip);
    Chip.Occupancy occupancy = row.occupancy(chip);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("chip", chip.code());
    fields.put("registers", found.registers());
    fields.put("spill_stores", found.spillStores());
    fields.put("spill_loads", found.spillLoads());
    fields.put("stack", found.stack());
    fields.put("static_shared_bytes", found.shared());
    fields.put("dynamic_shared_bytes", row.cost().dynamic(chip));
    fields.put("resident_blocks", occupancy.blocks());
    fields.put("resident_warps", occupancy.warps());
    fields.put("occupancy", (double) occupancy.warps() / occupancy.most());
    fields.put("bound_by", occupancy.limit());
    return fields;
  }

  private static Map<String, Object> floor(Datasheet device, KernelCost cost) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("device", device.device());
    fields.put("seconds", device.floor(cost).seconds());
    fields.put("bound_by", device.floor(cost).bound());
    return fields;
  }

  /** Names and texts here hold nothing that JSON would have escaped. */
  private static String text(Object value, String indent) {
    String deeper = indent + "  ";
    return switch (value) {
      case Map<?, ?> fields -> fields.entrySet().stream()
          .map(field -> deeper + "\"" + field.getKey() + "\": " + text(field.getValue(), deeper))
          .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
      case List<?> all when all.isEmpty() -> "[]";
      case Collection<?> all -> all.stream()
          .map(each -> deeper + text(each, deeper))
          .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
      case String words -> "\"" + words + "\"";
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          String.valueOf(number.longValue());
      default -> String.valueOf(value);
    };
  }
}
