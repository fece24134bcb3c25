package org.scaleinv.report;

import java.util.Locale;

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
    table.line("");
    report.operations().forEach(row -> add(table, row));
    return head + "\n" + table;
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

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
