package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scaleinv.engine.KernelTime;

/** What operations achieved, for programs: one JSON object, or a CSV row an operation. */
public final class BenchFiles {
  public static final String FORMAT = "scaleinv.bench/1";

  private BenchFiles() {}

  /** Writes UTF-8, ended by a newline, and leaves the stream open. */
  public static void json(BenchReport report, OutputStream out) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("warm_ups", report.settings().warmUps());
    settings.put("runs", report.settings().runs());
    settings.put("seconds", report.settings().seconds());
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("engine", Map.of("name", report.engine()));
    root.put("timings", timings(report));
    root.put("settings", settings);
    root.put("provenance", report.provenance());
    root.put("ceilings", report.ceilings().stream().map(row -> withDevice(measured(row), row)).toList());
    root.put("ceilings_not_measured", report.notMeasured());
    root.put("operations", report.operations().stream().map(row -> withDevice(operation(row), row)).toList());
    Json.write(root, out);
  }

  /** Heads and rows, the ceilings first; every row says whether its times mean anything. */
  public static String csv(BenchReport report) {
    List<Map<String, Object>> rows =
        Stream.concat(report.ceilings().stream(), report.operations().stream()).map(BenchFiles::operation).toList();
    Csv csv = new Csv();
    List<Object> heads = new ArrayList<>(List.of("engine", "timings"));
    heads.addAll(rows.getFirst().keySet());
    csv.row(heads);
    for (Map<String, Object> row : rows) {
      List<Object> fields = new ArrayList<>(List.of(report.engine(), timings(report)));
      fields.addAll(row.values());
      csv.row(fields);
    }
    return csv.toString();
  }

  private static String timings(BenchReport report) {
    return report.meaningful() ? "measured" : "meaningless";
  }

  private static Map<String, Object> measured(BenchReport.Row row) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("operation", row.operation());
    form.put("sizes", row.sizes());
    form.put("threads", row.threads());
    form.put("arithmetic", row.arithmetic());
    form.put("bytes", row.bytes());
    form.put("flops", row.flops());
    form.put("counted", row.counted());
    form.put("runs", row.timing().runs());
    form.put("seconds", row.timing().median());
    form.put("fastest", row.timing().fastest());
    form.put("slowest", row.timing().slowest());
    form.put("bytes_per_second", row.bytesPerSecond());
    form.put("flops_per_second", row.flopsPerSecond());
    return form;
  }

  private static Map<String, Object> withDevice(Map<String, Object> form, BenchReport.Row row) {
    BenchReport.OnDevice device = row.onDevice();
    if (device != null) {
      Map<String, Object> times = new LinkedHashMap<>();
      times.put("runs", device.runs());
      times.put("seconds", device.seconds());
      times.put("share_of_ceiling", row.shareOfDeviceCeiling());
      times.put("handed_to_cpu", device.handedToCpu());
      times.put("kernels", device.kernels().stream().map(BenchFiles::kernel).toList());
      form.put("device", times);
    }
    return form;
  }

  private static Map<String, Object> kernel(KernelTime time) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("kernel", time.kernel());
    form.put("launches", time.launches());
    form.put("seconds", time.seconds());
    return form;
  }

  private static Map<String, Object> operation(BenchReport.Row row) {
    Map<String, Object> form = measured(row);
    form.put("bound", row.bound());
    form.put("floor_seconds", row.floor());
    form.put("share_of_ceiling", row.shareOfCeiling());
    return form;
  }
}
