package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.Diagram.Representatives;
import org.scaleinv.engine.Rips;

/** Persistence diagrams as homology.json and diagrams.csv; docs/formats.md says what each field means. */
public final class HomologyFiles {
  public static final String FORMAT = "scaleinv.homology/1";

  private HomologyFiles() {}

  /** Writes homology.json; leaves the stream open. */
  public static void writeJson(HomologyReport report, OutputStream out) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("input", input(report));
    root.put("engine", Map.of("name", report.engine()));
    root.put("settings", settings(report.rips()));
    root.put("threshold", report.homology().threshold());
    root.put("edges", report.homology().edges());
    root.put("provenance", report.provenance());
    root.put("diagrams", report.homology().diagrams().stream().map(HomologyFiles::diagram).toList());
    Json.write(root, out);
  }

  /** Writes diagrams.csv: a pair a row. */
  public static void writeCsv(HomologyReport report, OutputStream out) throws IOException {
    Csv csv = new Csv().row(List.of("dimension", "birth", "death"));
    for (Diagram diagram : report.homology().diagrams()) {
      for (int pair = 0; pair < diagram.size(); pair++) {
        csv.row(List.of(diagram.dimension(), diagram.births()[pair], diagram.deaths()[pair]));
      }
    }
    out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> input(HomologyReport report) {
    HomologyReport.Input input = report.input();
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", input.name());
    form.put("points", input.points());
    form.put("coordinates", input.coordinates());
    form.put("metric", input.metric() == null ? null : input.metric().name().toLowerCase(Locale.ROOT));
    form.put("pairs", input.pairs());
    form.put(
        "value_range",
        report.range() == null ? null : List.of(report.range().least(), report.range().greatestFinite()));
    return form;
  }

  private static Map<String, Object> settings(Rips rips) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("dim", rips.dimension());
    form.put("modulus", rips.modulus());
    form.put("threshold", Float.isNaN(rips.threshold()) ? null : rips.threshold());
    form.put("cocycles", rips.representatives());
    return form;
  }

  private static Map<String, Object> diagram(Diagram diagram) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("dimension", diagram.dimension());
    form.put("pairs", each(diagram.size(), pair -> List.of(diagram.births()[pair], diagram.deaths()[pair])));
    Representatives carried = diagram.representatives();
    if (carried != null) {
      int vertices = diagram.dimension() + 1;
      form.put("birth_simplices", each(diagram.size(), i -> simplex(carried.birthSimplices(), i, vertices)));
      form.put("death_simplices", each(diagram.size(), i -> simplex(carried.deathSimplices(), i, vertices + 1)));
      form.put("cocycles", each(diagram.size(), i -> cocycle(carried, i, vertices)));
    }
    return form;
  }

  private static Map<String, Object> cocycle(Representatives carried, int pair, int vertices) {
    int from = Math.toIntExact(carried.offsets()[pair]);
    int to = Math.toIntExact(carried.offsets()[pair + 1]);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("simplices", each(to - from, i -> simplex(carried.simplices(), from + i, vertices)));
    form.put("coefficients", each(to - from, i -> carried.coefficients()[from + i]));
    return form;
  }

  /** The vertices; null for the end of a class that has none. */
  private static List<Integer> simplex(int[] vertices, int index, int count) {
    int from = index * count;
    return vertices[from] < 0 ? null : IntStream.range(from, from + count).mapToObj(i -> vertices[i]).toList();
  }

  /** One at a time, so that a diagram of a million pairs is not held twice. */
  private static Iterable<Object> each(int count, IntFunction<Object> form) {
    return () -> IntStream.range(0, count).mapToObj(form).iterator();
  }
}
