package org.scaleinv.report;

import java.util.Comparator;
import java.util.List;
import org.scaleinv.error.Escape;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Scope;

/** A profile as a table for people: the rows of the model and its roles, and how many rows stand in the files. */
public final class MeasurementTable {
  private MeasurementTable() {}

  public static String of(Profile profile) {
    List<Measurement> rows = profile.measurements().stream()
        .filter(row -> row.scope() == Scope.ROLE || row.scope() == Scope.MODEL)
        .sorted(Comparator.comparing(row -> row.scope() == Scope.MODEL ? 0 : 1))
        .toList();
    TextTable table = new TextTable()
        .left("invariant").left("role").right("value").right("error").right("null").right("value/null");
    for (Measurement row : rows) {
      table.row(
          Escape.visible(row.invariant()),
          Escape.visible(row.role()),
          row.applicable() ? Numbers.of(row.value()) : "n/a",
          Numbers.rough(row.error()),
          Numbers.of(row.nullValue()),
          Numbers.of(row.nullRatio()));
    }
    return title(profile) + "\n\n" + table + "\n" + footer(profile, rows.size());
  }

  private static String title(Profile profile) {
    var model = profile.model();
    return Escape.visible(model.name()) + ": " + model.architecture() + ", " + model.parameters() + " parameters ("
        + model.parametersWithoutEmbeddings() + " without embeddings)";
  }

  private static String footer(Profile profile, int shown) {
    int others = profile.measurements().size() - shown;
    String footer = others + " further rows are of single tensors, heads and layers: see measurements.csv with -o DIR, "
        + "or --format csv.\n";
    int left = profile.unmeasured().size();
    return left == 0 ? footer
        : footer + left + " tensors or parts were not measured; profile.json says why for each.\n";
  }
}
