package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.Inference;
import org.scaleinv.family.Comparison.LayerProfile;
import org.scaleinv.family.Comparison.Model;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.DiagramDistance;

/** A comparison as comparison.json and comparison.csv; docs/formats.md says what each field means. */
public final class ComparisonFiles {
  public static final String FORMAT = "scaleinv.comparison/1";

  private ComparisonFiles() {}

  /**
   * Writes comparison.json; leaves the stream open.
   *
   * @param provenance everything that may differ between two runs with equal results
   */
  public static void writeJson(Comparison comparison, SortedMap<String, Object> provenance, OutputStream out)
      throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("tolerance", comparison.tolerance());
    root.put("level", comparison.level());
    root.put("warnings", comparison.warnings());
    root.put("provenance", provenance);
    root.put("models", comparison.models().stream().map(ComparisonFiles::model).toList());
    root.put("rows", comparison.rows().stream().map(ComparisonFiles::row).toList());
    root.put("layer_profiles", comparison.layerProfiles().stream().map(ComparisonFiles::layerProfile).toList());
    root.put("diagram_distances", comparison.diagramDistances().stream().map(ComparisonFiles::distance).toList());
    Json.write(root, out);
  }

  /**
   * Writes comparison.csv: a row as in comparison.json, its lists spread over one column a model: {@code value:NAME},
   * {@code error:NAME}, {@code heterogeneity:NAME}, {@code null:NAME}.
   */
  public static void writeCsv(Comparison comparison, OutputStream out) throws IOException {
    List<Object> head = new ArrayList<>(List.of("invariant", "role"));
    INFERENCE.forEach(head::add);
    head.add("null_relation");
    INFERENCE.forEach(name -> head.add("null_ratio." + name));
    for (String kind : List.of("value:", "error:", "heterogeneity:", "null:")) {
      comparison.models().forEach(model -> head.add(kind + model.name()));
    }
    Csv csv = new Csv().row(head);
    for (Row row : comparison.rows()) {
      csv.row(fields(row, comparison.models().size()));
    }
    out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static final List<String> INFERENCE = List.of(
      "conservation_error", "scaling_exponent", "scaling_exponent_error", "verdict", "decidable_tolerance", "q");

  private static List<Object> fields(Row row, int models) {
    List<Object> fields = new ArrayList<>();
    fields.add(row.invariant());
    fields.add(row.role());
    fields.addAll(inference(row.inference()).values());
    fields.add(label(row.nullRelation()));
    fields.addAll(inference(row.ratio()).values());
    spread(row.values(), models, fields);
    spread(row.errors(), models, fields);
    spread(row.heterogeneity(), models, fields);
    spread(row.nullValues(), models, fields);
    return fields;
  }

  private static void spread(List<Double> values, int models, List<Object> fields) {
    for (int i = 0; i < models; i++) {
      fields.add(values == null ? null : values.get(i));
    }
  }

  private static Map<String, Object> model(Model model) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", model.name());
    form.put("parameters", model.parameters());
    form.put("parameters_without_embeddings", model.parametersWithoutEmbeddings());
    form.put("scale", model.scale());
    return form;
  }

  private static Map<String, Object> layerProfile(LayerProfile profile) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("invariant", profile.invariant());
    form.put("role", profile.role());
    form.put("depths", profile.depths());
    form.put("shapes", profile.shapes());
    form.put("distance_between_seeds", profile.distanceBetweenSeeds());
    form.put("distance_between_scales", profile.distanceBetweenScales());
    return form;
  }

  private static Map<String, Object> distance(DiagramDistance distance) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("cloud", distance.cloud());
    form.put("role", distance.role());
    form.put("dimension", distance.dimension());
    form.put("models", List.of(distance.first(), distance.second()));
    form.put("bars", List.of(distance.firstBars(), distance.secondBars()));
    form.put("bottleneck", distance.bottleneck());
    form.put("wasserstein", distance.wasserstein());
    form.put("null_bottleneck", distance.nullBottleneck());
    form.put("null_wasserstein", distance.nullWasserstein());
    return form;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("invariant", row.invariant());
    form.put("role", row.role());
    form.put("values", row.values());
    form.put("errors", row.errors());
    form.put("heterogeneity", row.heterogeneity());
    form.putAll(inference(row.inference()));
    form.put("null_values", row.nullValues());
    form.put("null_relation", label(row.nullRelation()));
    form.put("null_ratio", row.ratio() == null ? null : inference(row.ratio()));
    return form;
  }

  private static Map<String, Object> inference(Inference inference) {
    Map<String, Object> form = new LinkedHashMap<>();
    if (inference == null) {
      INFERENCE.forEach(name -> form.put(name, null));
      return form;
    }
    form.put("conservation_error", inference.conservationError());
    form.put("scaling_exponent", inference.scalingExponent());
    form.put("scaling_exponent_error", inference.scalingExponentError());
    form.put("verdict", label(inference.verdict()));
    form.put("decidable_tolerance", inference.decidableTolerance());
    form.put("q", inference.q());
    return form;
  }

  private static String label(Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }
}
