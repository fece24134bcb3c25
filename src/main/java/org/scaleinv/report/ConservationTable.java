package org.scaleinv.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scaleinv.error.Escape;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.Inference;
import org.scaleinv.family.Comparison.Model;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.family.Endpoints;

/** A comparison as a table for people: rows grouped by what was found, then what each group means. */
public final class ConservationTable {
  private final Comparison comparison;
  private final Map<Finding, List<Row>> groups = new EnumMap<>(Finding.class);
  private final String sharedFamily;

  private ConservationTable(Comparison comparison) {
    this.comparison = comparison;
    for (Finding group : Finding.values()) {
      groups.put(group, new ArrayList<>());
    }
    comparison.rows().forEach(row -> groups.get(Finding.of(row)).add(row));
    groups.get(Finding.UNDECIDED).sort(Comparator.comparing(
        row -> row.inference().decidableTolerance(), Comparator.nullsLast(Comparator.naturalOrder())));
    List<String> families = comparison.rows().stream().map(row -> family(row.invariant())).distinct().toList();
    this.sharedFamily = families.size() == 1 ? families.getFirst() : "";
  }

  public static String of(Comparison comparison) {
    ConservationTable table = new ConservationTable(comparison);
    return table.title() + "\n" + table.rows() + "\n" + new ConservationLegend(comparison, table.groups)
        + DiagramDistanceTable.of(comparison);
  }

  private static String family(String invariant) {
    return invariant.substring(0, invariant.indexOf('.') + 1);
  }

  private String title() {
    var models = comparison.models();
    String names = String.join(", ", models.stream().map(model -> Escape.visible(model.name())).toList());
    String family = sharedFamily.isEmpty()
        ? ""
        : Escape.visible(sharedFamily.substring(0, sharedFamily.length() - 1)) + " invariants, ";
    return family + models.size() + " models, " + models.getFirst().parametersWithoutEmbeddings() + " to "
        + models.getLast().parametersWithoutEmbeddings() + " parameters without embeddings:\n" + names + "\n";
  }

  private String rows() {
    TextTable table = new TextTable()
        .left("invariant").left("role").left("small → large").right("change").left("exponent").left("verdict")
        .right("decides at").left("null");
    for (var group : groups.entrySet()) {
      if (!group.getValue().isEmpty()) {
        table.line("").line(group.getKey().title + " (" + group.getValue().size() + ")");
        group.getValue().forEach(row -> add(table, group.getKey(), row));
      }
    }
    return table.toString();
  }

  private void add(TextTable table, Finding group, Row row) {
    Inference inference = row.inference();
    boolean tested = group != Finding.DERIVED;
    table.row(
        Escape.visible(row.invariant().substring(sharedFamily.length())),
        Escape.visible(row.role()),
        endpoints(row),
        fixed(inference.conservationError(), 3),
        exponent(inference),
        tested ? label(inference.verdict()) : "not tested",
        group == Finding.UNDECIDED ? Numbers.percentUp(inference.decidableTolerance()) : "",
        tested ? againstNull(row) : "");
  }

  /** What is shown of value over null: its relation to 1, else its own change. */
  private static String againstNull(Row row) {
    boolean related = row.nullRelation() != NullRelation.UNDECIDED;
    return related || row.ratio().verdict() == Verdict.UNDECIDED
        ? label(row.nullRelation())
        : "ratio " + label(row.ratio().verdict());
  }

  private static String exponent(Inference inference) {
    if (inference.scalingExponent() == null) {
      return "-";
    }
    String exponent = fixed(inference.scalingExponent(), 3);
    return inference.scalingExponentError() == null
        ? exponent
        : exponent + " ± " + fixed(inference.scalingExponentError(), 3);
  }

  private static String fixed(Double value, int decimals) {
    boolean plain = value != null && Math.abs(value) < 1000;
    return plain ? String.format(Locale.ROOT, "%." + decimals + "f", value) : Numbers.rough(value);
  }

  private String endpoints(Row row) {
    Endpoints ends = Endpoints.of(row.values(), comparison.models().stream().map(Model::scale).toList());
    return Numbers.of(ends.small()) + " → " + Numbers.of(ends.large());
  }

  private static String label(Enum<?> constant) {
    return constant == null ? "-" : constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
