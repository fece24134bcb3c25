package org.scaleinv.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.invariant.InvariantCatalog;

/** What the groups and columns of a conservation table mean, and what would decide its undecided rows. */
final class ConservationLegend {

  private final Comparison comparison;
  private final Map<Finding, List<Row>> groups;
  private final String tolerance;

  ConservationLegend(Comparison comparison, Map<Finding, List<Row>> groups) {
    this.comparison = comparison;
    this.groups = groups;
    this.tolerance = Numbers.rough(100 * comparison.tolerance()) + " %";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : Finding.values()) {
      int count = groups.get(finding).size();
      if (count > 0) {
        text.append(count).append(' ').append(meaning(finding)).append('\n');
      }
    }
    String columns = "change is the conservation error |large − small| / |small|; exponent is a of value ~ n^a, n the "
        + "parameters\n  without embeddings, with its standard error.\n";
    return text + meaningOfNull() + columns + meaningOfSigned();
  }

  private String meaning(Finding finding) {
    return switch (finding) {
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
      case UNDECIDED -> "undecided: neither a change nor its absence is shown; the values are too noisy, or the\n"
          + "  models too few. " + whatWouldDecide();
      case DERIVED -> "not tested: functions of other invariants, which would count the same evidence twice, or\n"
          + "  invariants that this version does not know.";
    };
  }

  private String whatWouldDecide() {
    double[] tolerances = groups.get(Finding.UNDECIDED).stream()
        .map(row -> row.inference().decidableTolerance())
        .filter(decidable -> decidable != null && Double.isFinite(decidable))
        .mapToDouble(Double::doubleValue)
        .toArray();
    if (tolerances.length == 0) {
      return "No error can be given for them: more scales or seeds are needed.";
    }
    double half = tolerances[(tolerances.length - 1) / 2];
    return "\"decides at\" is the smallest tolerance at which a row would have been shown conserved (- where no\n"
        + "  error can be given), half of them at " + Numbers.percentUp(half) + " or less. What helps is more scales, "
        + "then more seeds of each;\n  a tolerance widened after looking shows nothing.";
  }

  private String meaningOfNull() {
    long trivial = comparison.rows().stream().filter(row -> row.nullRelation() == NullRelation.TRIVIAL).count();
    boolean withNulls = comparison.rows().stream().anyMatch(row -> row.nullRelation() != null);
    return !withNulls ? "" : trivial + " trivial against the null: value over null is shown to be 1 within " + tolerance
        + " at both ends; there is nothing\n  in the value but what the null has. Where neither that nor \"beyond null\" "
        + "is shown, \"ratio ...\" is the\n  verdict on value over null.\n";
  }

  /** An invariant that may be zero or negative has no relative change. */
  private String meaningOfSigned() {
    String signed = comparison.rows().stream()
        .map(Row::invariant)
        .distinct()
        .filter(id -> InvariantCatalog.of(id).filter(info -> info.primary() && !info.positive()).isPresent())
        .map(Escape::visible)
        .collect(Collectors.joining(", "));
    return signed.isEmpty() ? "" : Wrapped.of("For " + signed + " read " + Numbers.rough(comparison.tolerance())
        + " of the unit in docs/invariants.md for " + tolerance + ", and value less null for value over null.");
  }
}
