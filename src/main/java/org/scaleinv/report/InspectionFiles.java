package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Inventory;
import org.scaleinv.model.Inventory.Entry;

/** A checkpoint's parts for programs: one JSON object, or a CSV row a tensor. */
public final class InspectionFiles {
  public static final String FORMAT = "scaleinv.inspection/1";

  private static final List<String> COLUMNS =
      List.of("tensor", "dtype", "shape", "role", "layer", "elements", "not_placed");

  private InspectionFiles() {}

  /**
   * Writes UTF-8, ended by a newline, and leaves the stream open.
   *
   * @param warnings what a user should know of how the model was read
   */
  public static void json(Checkpoint checkpoint, List<String> warnings, OutputStream out) throws IOException {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", checkpoint.name());
    model.put("path", checkpoint.path().toString());
    model.put("architecture", checkpoint.architecture());
    model.put("parameters", checkpoint.parameters());
    model.put("parameters_without_embeddings", checkpoint.parametersWithoutEmbeddings());
    model.put("width", checkpoint.width());
    model.put("depth", checkpoint.depth());
    model.put("heads", checkpoint.heads());
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("model", model);
    root.put("warnings", warnings);
    root.put("tensors", Inventory.of(checkpoint).stream().map(InspectionFiles::tensor).toList());
    root.put(
        "not_placed",
        checkpoint.unplaced().stream().map(t -> Map.of("tensor", t.tensor(), "reason", t.reason())).toList());
    Json.write(root, out);
  }

  /** Heads and rows; the shape as extents with "x" between, several roles with a blank between. */
  public static String csv(Checkpoint checkpoint) {
    Map<String, String> reasons = new HashMap<>();
    checkpoint.unplaced().forEach(tensor -> reasons.put(tensor.tensor(), tensor.reason()));
    Csv csv = new Csv().row(COLUMNS);
    for (Entry entry : Inventory.of(checkpoint)) {
      csv.row(
          Arrays.asList(
              entry.tensor().name(),
              entry.tensor().dtype(),
              extents(entry).stream().map(String::valueOf).collect(Collectors.joining("x")),
              entry.roles().isEmpty() ? null : String.join(" ", entry.roles()),
              entry.layer(),
              entry.tensor().shape().size(),
              reasons.get(entry.tensor().name())));
    }
    return csv.toString();
  }

  private static Map<String, Object> tensor(Entry entry) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("tensor", entry.tensor().name());
    form.put("dtype", entry.tensor().dtype().name());
    form.put("shape", extents(entry));
    form.put("roles", entry.roles());
    form.put("layer", entry.layer());
    form.put("elements", entry.tensor().shape().size());
    return form;
  }

  private static List<Long> extents(Entry entry) {
    return Arrays.stream(entry.tensor().shape().toArray()).boxed().toList();
  }
}
