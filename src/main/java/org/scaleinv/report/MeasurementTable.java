package org.scaleinv.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.invariant.Scope;

/** A profile as a table for people: the rows of the model and its roles, what has no value and why, and how many rows stand in the
 * files. */
public final class MeasurementTable {
  /** Of one kind are named at most; of more, their number. */
  private static final int LISTED = 2;

  private MeasurementTable() {}

  public static String of(Profile profile) {
    List<Measurement> rows = profile.measurements().stream()
        .filter(row -> row.scope() == Scope.ROLE || row.scope() == Scope.MODEL)
        .sorted(Comparator.comparing(row -> row.scope() == Scope.MODEL ? 0 : 1))
        .toList();
    TextTable table = new TextTable()
        .left("invariant").left("role").right("value").right("error").right("null").right("value/null");
    List<Measurement> applicable = rows.stream().filter(Measurement::applicable).toList();
    for (Measurement row : applicable) {
      table.row(
          Escape.visible(row.invariant()),
          Escape.visible(row.role()),
          Numbers.of(row.value()),
          Numbers.rough(row.error()),
          Numbers.of(row.nullValue()),
          Numbers.of(row.nullRatio()));
    }
    return title(profile) + "\n\n" + (applicable.isEmpty() ? "" : table + "\n") + notApplicable(rows) + footer(profile, rows.size());
  }

  private static String title(Profile profile) {
    var model = profile.model();
    return Escape.visible(model.name()) + ": " + model.architecture() + ", " + model.parameters() + " parameters ("
        + model.parametersWithoutEmbeddings() + " without embeddings)";
  }

  private static String footer(Profile profile, int shown) {
    int others = profile.measurements().size() - shown;
    String footer = others == 0 ? "" : others + " further rows are of single tensors, heads and layers: see measurements.csv with -o DIR, "
        + "or --format csv.\n";
    return footer + unmeasured(profile.unmeasured());
  }

  /** What has no value, with the reason: a line for all invariants of a role that share one. */
  private static String notApplicable(List<Measurement> rows) {
    record Key(String role, String reason) {}
    Map<Key, List<String>> byReason = rows.stream()
        .filter(row -> !row.applicable())
        .collect(
            Collectors.groupingBy(
                row -> new Key(row.role(), String.valueOf(row.detail().get(Outcome.NOT_APPLICABLE))),
                LinkedHashMap::new,
                Collectors.mapping(Measurement::invariant, Collectors.toList())));
    if (byReason.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    byReason.forEach((key, invariants) -> text.append(
        Wrapped.of(
            "Not applicable: "
                + (invariants.size() > LISTED ? invariants.size() + " invariants" : String.join(", ", invariants))
                + " of " + Escape.visible(key.role()) + ": " + Escape.visible(key.reason()))));
    return text.append("\n").toString();
  }

  private static String unmeasured(List<Unmeasured> parts) {
    StringBuilder text = new StringBuilder();
    for (Unmeasured part : parts.subList(0, Math.min(LISTED, parts.size()))) {
      text.append(
          Wrapped.of("Not measured: " + Escape.visible(part.subject()) + ": " + Escape.visible(part.reason())));
    }
    int more = parts.size() - LISTED;
    return more <= 0 ? text.toString()
        : text + "Nor were " + more + " further tensors or parts: see profile.json with -o DIR.\n";
  }
}
