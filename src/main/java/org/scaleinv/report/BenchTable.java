package org.scaleinv.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.scaleinv.engine.KernelTime;

/** What operations achieved, for a reader at a terminal. */
public final class BenchTable {
  private BenchTable() {}

  /** The ceilings, then a row an operation; each line ended by a newline. */
  public static String of(BenchReport report) {
    String head = "engine " + report.engine() + "; medians of " + report.settings().runs() + " runs or more after "
        + report.settings().warmUps() + " to warm up; spread is slowest less fastest, over the median\n";
    if (!report.meaningful()) {
      head += "The device is emulated: its times are meaningless, its answers were checked.\n";
    }
    TextTable table =
        new TextTable().left("operation").left("sizes").right("threads").right("ms").right("spread").right("GB/s")
            .right("GFLOP/s").left("bound by").right("of ceiling");
    table.line("ceilings");
    report.ceilings().forEach(row -> add(table, row));
    report.notMeasured().forEach((ceiling, reason) -> table.line(ceiling + " was not measured: " + reason));
    table.line("");
    report.operations().forEach(row -> add(table, row));
    return head + "\n" + table + kernels(report);
  }

  private static void add(TextTable table, BenchReport.Row row) {
    BenchReport.Timing timing = row.timing();
    table.row(
        row.operation(),
        row.sizes(),
        String.valueOf(row.threads()),
        Numbers.of(1e3 * timing.median()),
        percent((timing.slowest() - timing.fastest()) / timing.median()),
        Numbers.of(row.bytesPerSecond() / 1e9),
        row.flops() == 0 ? null : Numbers.of(row.flopsPerSecond() / 1e9),
        row.bound(),
        row.limit() == null ? null : percent(row.shareOfCeiling()));
  }

  /** A row an operation and under it one a kernel; "" where no kernel was timed. */
  private static String kernels(BenchReport report) {
    List<BenchReport.Row> timed =
        Stream.concat(report.ceilings().stream(), report.operations().stream())
            .filter(row -> row.onDevice() != null && !row.onDevice().kernels().isEmpty())
            .toList();
    if (timed.isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable().left("by the device's clock").left("sizes").right("launches").right("ms").right("GB/s")
            .right("GFLOP/s").right("of ceiling");
    for (BenchReport.Row row : timed) {
      BenchReport.OnDevice device = row.onDevice();
      boolean whole = device.handedToCpu().isEmpty();
      Double share = row.shareOfDeviceCeiling();
      table.row(
          row.operation(), row.sizes(), null, Numbers.of(1e3 * device.seconds()),
          whole ? Numbers.of(row.bytes() / device.seconds() / 1e9) : null,
          whole && row.flops() > 0 ? Numbers.of(row.flops() / device.seconds() / 1e9) : null,
          share == null ? null : percent(share));
      for (KernelTime time : device.kernels()) {
        table.row(
            "  " + time.kernel(), null, String.valueOf(time.launches()), Numbers.of(1e3 * time.seconds()), null, null,
            null);
      }
      if (!whole) {
        table.line("  and by the CPU: " + String.join(", ", device.handedToCpu()));
      }
    }
    return "\n" + table;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
