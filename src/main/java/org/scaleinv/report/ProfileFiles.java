package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;

/** A profile as profile.json and measurements.csv; docs/formats.md says what each field means. */
public final class ProfileFiles {
  public static final String FORMAT = "scaleinv.profile/1";

  private static final List<String> COLUMNS = List.of(
      "invariant", "scope", "subject", "role", "layer", "head", "value", "error", "null", "null_ratio", "detail");

  private ProfileFiles() {}

  /** Writes profile.json; leaves the stream open. */
  public static void writeJson(Profile profile, OutputStream out) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("model", model(profile.model()));
    root.put("engine", Map.of("name", profile.engine()));
    root.put("settings", SettingsForm.of(profile.settings()));
    root.put("arrays", profile.arraysDigest());
    root.put("provenance", profile.provenance());
    root.put("unmeasured", mapped(profile.unmeasured(), ProfileFiles::unmeasured));
    root.put("measurements", mapped(profile.measurements(), ProfileFiles::measurement));
    Json.write(root, out);
  }

  /** Writes measurements.csv: the rows of profile.json in their order, the detail as JSON text. */
  public static void writeCsv(Profile profile, OutputStream out) throws IOException {
    Csv csv = new Csv().row(COLUMNS);
    for (Measurement row : profile.measurements()) {
      csv.row(Arrays.asList(
          row.invariant(), row.scope().label(), row.subject(), row.role(), row.layer(), row.head(), row.value(),
          row.error(), row.nullValue(), row.nullRatio(), Json.line(row.detail())));
    }
    out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> model(Profile.ModelSummary model) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", model.name());
    form.put("path", model.path());
    form.put("architecture", model.architecture());
    form.put("parameters", model.parameters());
    form.put("parameters_without_embeddings", model.parametersWithoutEmbeddings());
    form.put("width", model.width());
    form.put("depth", model.depth());
    form.put("heads", model.heads());
    form.put("scale", model.scale());
    form.put("digest", model.digest());
    return form;
  }

  private static Map<String, Object> unmeasured(Unmeasured part) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("subject", part.subject());
    form.put("reason", part.reason());
    return form;
  }

  private static Map<String, Object> measurement(Measurement row) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("invariant", row.invariant());
    form.put("scope", row.scope().label());
    form.put("subject", row.subject());
    form.put("role", row.role());
    form.put("layer", row.layer());
    form.put("head", row.head());
    form.put("value", row.value());
    form.put("error", row.error());
    form.put("null", row.nullValue());
    form.put("null_ratio", row.nullRatio());
    form.put("detail", row.detail());
    return form;
  }

  /** One tree at a time, so that a profile of a million rows is not held twice. */
  private static <T> Iterable<Object> mapped(List<T> items, Function<T, Object> form) {
    return () -> items.stream().map(form).iterator();
  }
}
