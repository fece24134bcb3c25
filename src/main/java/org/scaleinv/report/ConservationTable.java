package org.scaleinv.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.scaleinv.error.Escape;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.Inference;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.invariant.InvariantCatalog;
import org.scaleinv.invariant.InvariantInfo;

/** A comparison as a table for people: rows grouped by what was found, then what each group means. */
public final class ConservationTable {
  /** What a row shows, in the order of the groups. */
  private enum Group {
    BEYOND_NULL("Conserved beyond the null"),
    CONSERVED("Conserved"),
    SCALES("Scales"),
    VARIES("Varies"),
    UNDECIDED("Undecided"),
    DERIVED("Functions of other invariants");

    final String title;

    Group(String title) {
      this.title = title;
    }

    static Group of(Row row) {
      if (InvariantCatalog.of(row.invariant()).filter(InvariantInfo::primary).isEmpty()) {
        return DERIVED;
      }
      boolean ratioConserved = row.ratio() != null && row.ratio().verdict() == Verdict.CONSERVED;
      if (ratioConserved && row.nullRelation() == NullRelation.BEYOND_NULL) {
        return BEYOND_NULL;
      }
      return switch (row.inference().verdict()) {
        case CONSERVED -> CONSERVED;
        case SCALES -> SCALES;
        case VARIES -> VARIES;
        case UNDECIDED -> UNDECIDED;
      };
    }
  }

  private final Comparison comparison;
  private final Map<Group, List<Row>> groups = new EnumMap<>(Group.class);
  private final String sharedFamily;

  private ConservationTable(Comparison comparison) {
    this.comparison = comparison;
    for (Group group : Group.values()) {
      groups.put(group, new ArrayList<>());
    }
    comparison.rows().forEach(row -> groups.get(Group.of(row)).add(row));
    groups.get(Group.UNDECIDED).sort(Comparator.comparing(
        row -> row.inference().decidableTolerance(), Comparator.nullsLast(Comparator.naturalOrder())));
    List<String> families = comparison.rows().stream().map(row -> family(row.invariant())).distinct().toList();
    this.sharedFamily = families.size() == 1 ? families.getFirst() : "";
  }

  public static String of(Comparison comparison) {
    ConservationTable table = new ConservationTable(comparison);
    return table.title() + "\n" + table.rows() + "\n" + table.meaning();
  }

  private static String family(String invariant) {
    return invariant.substring(0, invariant.indexOf('.') + 1);
  }

  private String title() {
    var models = comparison.models();
    String names = String.join(", ", models.stream().map(model -> Escape.visible(model.name())).toList());
    String family =
        sharedFamily.isEmpty() ? "" : sharedFamily.substring(0, sharedFamily.length() - 1) + " invariants, ";
    return family + models.size() + " models, " + models.getFirst().parametersWithoutEmbeddings() + " to "
        + models.getLast().parametersWithoutEmbeddings() + " parameters without embeddings:\n" + names + "\n";
  }

  private String rows() {
    TextTable table = new TextTable()
        .left("invariant").left("role").left("small → large").right("error").left("exponent").left("verdict")
        .right("decides at").left("null");
    for (var group : groups.entrySet()) {
      if (!group.getValue().isEmpty()) {
        table.line("").line(group.getKey().title + " (" + group.getValue().size() + ")");
        group.getValue().forEach(row -> add(table, group.getKey(), row));
      }
    }
    return table.toString();
  }

  private void add(TextTable table, Group group, Row row) {
    Inference inference = row.inference();
    boolean tested = group != Group.DERIVED;
    table.row(
        row.invariant().substring(sharedFamily.length()),
        Escape.visible(row.role()),
        endpoints(row),
        fixed(inference.conservationError(), 3),
        exponent(inference),
        tested ? label(inference.verdict()) : "",
        group == Group.UNDECIDED ? Numbers.rough(inference.decidableTolerance()) : "",
        tested ? label(row.nullRelation()) : "");
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

  /** Means over the seeds of the smallest and of the largest scale that have a value. */
  private String endpoints(Row row) {
    int[] measured = IntStream.range(0, row.values().size()).filter(i -> row.values().get(i) != null).toArray();
    return Numbers.of(scaleMean(row, measured[0])) + " → " + Numbers.of(scaleMean(row, measured[measured.length - 1]));
  }

  private double scaleMean(Row row, int model) {
    String scale = comparison.models().get(model).scale();
    return IntStream.range(0, row.values().size())
        .filter(i -> row.values().get(i) != null && comparison.models().get(i).scale().equals(scale))
        .mapToDouble(row.values()::get)
        .average()
        .orElseThrow();
  }

  private static String label(Enum<?> constant) {
    return constant == null ? "-" : constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String meaning() {
    StringBuilder text = new StringBuilder();
    for (Group group : Group.values()) {
      int count = groups.get(group).size();
      if (count > 0) {
        text.append(count).append(' ').append(meaning(group)).append('\n');
      }
    }
    return text.toString();
  }

  private String meaning(Group group) {
    String tolerance = Numbers.rough(100 * comparison.tolerance()) + " %";
    return switch (group) {
      case BEYOND_NULL -> "conserved beyond the null: value over null value changes by less than " + tolerance
          + ", and is not 1.";
      case CONSERVED -> "conserved: the change over the whole range is shown to be less than " + tolerance + ".";
      case SCALES -> "scale: a power of the parameters, which also predicts the largest model from the others.";
      case VARIES -> "vary: they change, and no power of the parameters says how.";
      case DERIVED -> "not tested, being functions of other invariants (or of no family known here).";
      case UNDECIDED -> "undecided: neither a change nor its absence is shown" + whatWouldDecide();
    };
  }

  private String whatWouldDecide() {
    double[] tolerances = groups.get(Group.UNDECIDED).stream()
        .map(row -> row.inference().decidableTolerance())
        .filter(tolerance -> tolerance != null && Double.isFinite(tolerance))
        .mapToDouble(Double::doubleValue)
        .toArray();
    if (tolerances.length == 0) {
      return "; more scales or seeds are needed.";
    }
    double half = tolerances[(tolerances.length - 1) / 2];
    return ";\n  each would be conserved at the tolerance under \"decides at\", half of them at "
        + Numbers.rough(half) + "; more scales and seeds narrow it.";
  }
}
