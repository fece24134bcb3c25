package org.scaleinv.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.Inference;
import org.scaleinv.family.Comparison.Model;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.family.Endpoints;
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
    UNCLEAR("Changes, by a law that is unclear"),
    UNDECIDED("Undecided"),
    DERIVED("Not tested");

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
        case UNDECIDED -> row.inference().q() == null ? UNDECIDED : UNCLEAR;
      };
    }
  }

  private final Comparison comparison;
  private final Map<Group, List<Row>> groups = new EnumMap<>(Group.class);
  private final String sharedFamily;
  private final String tolerance;

  private ConservationTable(Comparison comparison) {
    this.comparison = comparison;
    for (Group group : Group.values()) {
      groups.put(group, new ArrayList<>());
    }
    comparison.rows().forEach(row -> groups.get(Group.of(row)).add(row));
    groups.get(Group.UNDECIDED).sort(Comparator.comparing(
        row -> row.inference().decidableTolerance(), Comparator.nullsLast(Comparator.naturalOrder())));
    List<String> families = comparison.rows().stream().map(row -> family(row.invariant())).distinct().toList();
    this.tolerance = Numbers.rough(100 * comparison.tolerance()) + " %";
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

  private void add(TextTable table, Group group, Row row) {
    Inference inference = row.inference();
    boolean tested = group != Group.DERIVED;
    table.row(
        Escape.visible(row.invariant().substring(sharedFamily.length())),
        Escape.visible(row.role()),
        endpoints(row),
        fixed(inference.conservationError(), 3),
        exponent(inference),
        tested ? label(inference.verdict()) : "not tested",
        group == Group.UNDECIDED ? percentUp(inference.decidableTolerance()) : "",
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

  /** Two digits, rounded up: a row is decided at this tolerance, not at one that only looks like it. */
  private static String percentUp(Double tolerance) {
    if (tolerance == null || !Double.isFinite(tolerance)) {
      return Numbers.rough(tolerance);
    }
    MathContext twoDigitsUp = new MathContext(2, RoundingMode.CEILING);
    return BigDecimal.valueOf(tolerance).movePointRight(2).round(twoDigitsUp).toPlainString() + " %";
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

  private String meaning() {
    StringBuilder text = new StringBuilder();
    for (Group group : Group.values()) {
      int count = groups.get(group).size();
      if (count > 0) {
        text.append(count).append(' ').append(meaning(group)).append('\n');
      }
    }
    String columns = "change is the conservation error |large − small| / |small|; exponent is a of value ~ n^a, n the "
        + "parameters\n  without embeddings, with its standard error.\n";
    return text + meaningOfNull() + columns + meaningOfSigned();
  }

  private String meaning(Group group) {
    return switch (group) {
      case BEYOND_NULL -> "conserved beyond the null: value over null is shown to change by less than " + tolerance
          + " over the\n  whole range, and to keep off 1 by more than that. The verdict is that of the value itself.";
      case CONSERVED -> "conserved: the change over the whole range of sizes is shown to be less than " + tolerance
          + ".";
      case SCALES -> "scale: a change is shown, and a power of the parameters, fitted without the largest scale,\n"
          + "  predicts that scale within " + tolerance + ".";
      case VARIES -> "vary: a change is shown, and no power of the parameters: it misses the largest scale, or the\n"
          + "  values rise and fall, or there are only two scales.";
      case UNCLEAR -> "change, and stay undecided: a change is shown, but the law fitted without the largest scale\n"
          + "  misses it by more than " + tolerance + ", and chance may be why. More scales would tell.";
      case UNDECIDED -> "undecided: neither a change nor its absence is shown; the values are too noisy, or the models\n"
          + "  too few. " + whatWouldDecide();
      case DERIVED -> "not tested: functions of other invariants, which would count the same evidence twice, or\n"
          + "  invariants that this version does not know.";
    };
  }

  private String whatWouldDecide() {
    double[] tolerances = groups.get(Group.UNDECIDED).stream()
        .map(row -> row.inference().decidableTolerance())
        .filter(decidable -> decidable != null && Double.isFinite(decidable))
        .mapToDouble(Double::doubleValue)
        .toArray();
    if (tolerances.length == 0) {
      return "No error can be given for them: more scales or seeds are needed.";
    }
    double half = tolerances[(tolerances.length - 1) / 2];
    return "\"decides at\" is the smallest tolerance at which a row would have\n"
        + "  been shown conserved, half of them at " + percentUp(half) + " or less. What helps is more scales, then "
        + "more seeds of each;\n  a tolerance widened after looking shows nothing.";
  }

  private String meaningOfNull() {
    long trivial = comparison.rows().stream().filter(row -> row.nullRelation() == NullRelation.TRIVIAL).count();
    boolean withNulls = comparison.rows().stream().anyMatch(row -> row.nullRelation() != null);
    return !withNulls ? "" : trivial + " trivial against the null: value over null is shown to be 1 within " + tolerance
        + " at both ends; there is nothing\n  in the value but the matrices' shape.\n";
  }

  /** An invariant that may be zero or negative has no relative change. */
  private String meaningOfSigned() {
    String signed = comparison.rows().stream()
        .map(Row::invariant)
        .distinct()
        .filter(id -> InvariantCatalog.of(id).filter(info -> info.primary() && !info.positive()).isPresent())
        .map(id -> id.substring(sharedFamily.length()))
        .collect(Collectors.joining(", "));
    return signed.isEmpty() ? "" : "For " + signed + " read " + Numbers.rough(comparison.tolerance())
        + " of the unit in docs/invariants.md for " + tolerance + ", and value less null for value over null.\n";
  }
}
