package org.scaleinv.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.scaleinv.report.TextTable;

/** An acceptance for a reader at a terminal. Times of an emulated device are left out. */
final class ReportTable {
  private final Report report;
  private final boolean meaningful;

  private ReportTable(Report report) {
    this.report = report;
    meaningful = !report.options().emulated();
  }

  /** The machine, the parts, the kernels, the comparisons; each line ended. */
  static String of(Report report) {
    var table = new ReportTable(report);
    String figures = report.benches().isEmpty() ? "" : "\n" + table.kernels() + "\n" + table.comparisons();
    return table.head() + "\n" + table.parts() + figures + table.verdict();
  }

  private String head() {
    StringBuilder text = new StringBuilder();
    text.append("acceptance of engine " + report.options().engine() + ", device " + report.options().device() + "\n");
    for (Map.Entry<String, Object> found : report.machine().entrySet()) {
      text.append("  %-14s%s%n".formatted(found.getKey(), Objects.requireNonNullElse(found.getValue(), "none")));
    }
    return text.toString();
  }

  private TextTable parts() {
    TextTable table = new TextTable().left("part").left("status").right("s");
    for (Part part : report.parts()) {
      table.row(part.name(), part.status().words(), String.format(Locale.ROOT, "%.1f", part.seconds()));
      if (!part.why().isEmpty()) {
        table.line("  " + part.why());
      }
      part.details().forEach(detail -> table.line("  " + detail));
    }
    return table;
  }

  private TextTable kernels() {
    TextTable table =
        new TextTable().left("operation, kernels").left("sizes").right("launches").right("ms").right("GB/s")
            .right("GFLOP/s").right("of ceiling");
    if (!meaningful) {
      table.line("(the device is emulated: sizes are small, and times are meaningless and not shown)");
    }
    for (JsonNode bench : report.benches()) {
      bench.get("ceilings").forEach(ceiling -> add(table, ceiling));
      bench.get("operations").forEach(operation -> add(table, operation));
    }
    return table;
  }

  private void add(TextTable table, JsonNode row) {
    JsonNode device = row.get("device");
    boolean onDevice = !device.get("kernels").isEmpty();
    double seconds = (onDevice ? device : row).get("seconds").doubleValue();
    boolean whole = device.get("handed_to_cpu").isEmpty();
    JsonNode share = device.get("share_of_ceiling");
    table.row(
        row.get("operation").textValue(), row.get("sizes").textValue(), null, milliseconds(seconds),
        whole ? billions(row.get("bytes").doubleValue() / seconds) : null,
        whole && row.get("flops").doubleValue() > 0 ? billions(row.get("flops").doubleValue() / seconds) : null,
        share.isNull() || !meaningful ? null : String.format(Locale.ROOT, "%.0f %%", 100 * share.doubleValue()));
    for (JsonNode kernel : device.get("kernels")) {
      table.row(
          "  " + kernel.get("kernel").textValue(), null, kernel.get("launches").asText(),
          milliseconds(kernel.get("seconds").doubleValue()), null, null, null);
    }
    if (!onDevice) {
      table.line("  no kernel: by the host's clock");
    }
    if (!whole) {
      device.get("handed_to_cpu").forEach(name -> table.line("  by the CPU: " + name.textValue()));
    }
  }

  private TextTable comparisons() {
    TextTable table =
        new TextTable().left("beside a library").left("sizes").left("kernels").right("ms").left("library").right("ms")
            .right("library / kernels");
    for (Comparison one : Comparison.of(report.benches())) {
      boolean compared = one.notCompared() == null;
      table.row(
          one.operation(), one.sizes(), one.kernels(), compared ? milliseconds(one.seconds()) : null, one.library(),
          compared ? milliseconds(one.librarySeconds()) : null,
          compared && meaningful ? String.format(Locale.ROOT, "%.2f", one.librarySeconds() / one.seconds()) : null);
      if (!compared) {
        table.line("  not compared: " + one.notCompared());
      }
    }
    return table;
  }

  private String verdict() {
    if (!report.isComplete()) {
      return "\nNot at its end yet.\n";
    }
    return report.passed() ? "\nPassed: nothing that was run failed.\n" : "\nFailed.\n";
  }

  private String milliseconds(double seconds) {
    return meaningful ? String.format(Locale.ROOT, "%.4g", 1e3 * seconds) : null;
  }

  private String billions(double rate) {
    return meaningful ? String.format(Locale.ROOT, "%.4g", rate / 1e9) : null;
  }
}
