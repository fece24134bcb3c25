package org.scaleinv.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.scaleinv.acceptance.Part.Status;
import org.scaleinv.run.Machine;
import org.scaleinv.run.Version;

/**
 * What has come of an acceptance so far. Its files are written again after every part, so that there is a report whatever
 * ends the run.
 *
 * <p>Not safe for use by several threads at once.
 */
final class Report {
  static final String FORMAT = "scaleinv.acceptance/1";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Options options;
  private final Instant started = Instant.now();
  private final List<Part> parts = new ArrayList<>();
  private final List<JsonNode> benches = new ArrayList<>();
  private Map<String, Object> machine = Map.of();
  private boolean complete;

  Report(Options options) {
    this.options = options;
  }

  Options options() {
    return options;
  }

  List<Part> parts() {
    return parts;
  }

  List<JsonNode> benches() {
    return benches;
  }

  Map<String, Object> machine() {
    return machine;
  }

  void add(Part part) {
    parts.add(part);
  }

  /** @param bench what {@code scaleinv bench --kernels --format json} prints */
  void add(JsonNode bench) {
    benches.add(bench);
  }

  void machine(Map<String, Object> found) {
    machine = found;
  }

  void complete() {
    complete = true;
  }

  /** Whether all that was run passed, to the end. */
  boolean passed() {
    return complete && parts.stream().noneMatch(part -> part.status() == Status.FAILED);
  }

  boolean isComplete() {
    return complete;
  }

  /** The kernels and library calls that were timed. */
  Set<String> timed() {
    Set<String> kernels = new TreeSet<>();
    for (JsonNode bench : benches) {
      bench.get("operations").forEach(operation -> kernels.addAll(operation.findValuesAsText("kernel")));
    }
    return kernels;
  }

  String json() throws IOException {
    Instant now = Instant.now();
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("version", Version.current());
    provenance.put("host", Machine.host());
    provenance.put("started", started.toString());
    provenance.put("finished", now.toString());
    provenance.put("seconds", Duration.between(started, now).toMillis() / 1e3);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("engine", Map.of("name", options.engine(), "device", options.device()));
    root.put("timings", options.emulated() ? "meaningless" : "measured");
    root.put("complete", complete);
    root.put("passed", passed());
    root.put("provenance", provenance);
    root.put("machine", machine);
    root.put("parts", parts.stream().map(Report::json).toList());
    root.put("benches", benches);
    root.put("comparisons", Comparison.of(benches).stream().map(Comparison::json).toList());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static Map<String, Object> json(Part part) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("part", part.name());
    form.put("status", part.status().words());
    form.put("seconds", part.seconds());
    form.put("why", part.why().isEmpty() ? null : part.why());
    form.put("details", part.details());
    return form;
  }

  void write() throws IOException {
    Files.createDirectories(options.output());
    replace("acceptance.json", json());
    replace("acceptance.txt", ReportTable.of(this));
  }

  private void replace(String name, String text) throws IOException {
    Path fresh = Files.writeString(options.output().resolve("." + name + ".tmp"), text);
    Files.move(fresh, options.output().resolve(name), StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
