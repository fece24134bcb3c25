package org.scaleinv.report;

import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.invariant.InvariantCatalog;
import org.scaleinv.invariant.InvariantInfo;

/** What a row of a comparison shows, in the order in which a reader wants to know it. */
enum Finding {
  BEYOND_NULL("Conserved beyond the null"),
  CONSERVED("Conserved"),
  SCALES("Scales"),
  VARIES("Varies"),
  UNCLEAR("Changes, by a law that is unclear"),
  UNDECIDED("Undecided"),
  DERIVED("Not tested");

  final String title;

  Finding(String title) {
    this.title = title;
  }

  static Finding of(Row row) {
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
