package org.scaleinv.family;

import static org.scaleinv.family.ConservationSimulation.NOISE;
import static org.scaleinv.family.ConservationSimulation.SHARED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.family.ConservationSimulation.Cell;
import org.scaleinv.family.ConservationSimulation.Noise;

/**
 * Writes what the simulation found into docs/conservation.md, between its markers: {@code mvn test-compile exec:java
 * -Dexec.mainClass=org.scaleinv.family.ConservationTables -Dexec.classpathScope=test}.
 */
public final class ConservationTables {
  static final Path PAGE = Path.of("docs", "conservation.md");
  private static final String BEGIN = "<!-- simulation: begin -->\n";
  private static final String END = "<!-- simulation: end -->\n";

  private ConservationTables() {}

  public static void main(String[] arguments) throws IOException {
    String page = Files.readString(PAGE);
    String tables = all(ConservationSimulation.standardCells());
    String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    Files.writeString(PAGE, head + tables + page.substring(page.indexOf(END)));
  }

  /** What stands between the markers. */
  static String between(String page) {
    return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
  }

  static String all(List<Cell> standard) {
    return String.join("\n", change(standard), nulls(standard), shared(), courses(), discoveries());
  }

  private static String change(List<Cell> cells) {
    StringBuilder table =
        head(
            "Table 1. Change, of 2,000 families a row, in %. Noise is the standard deviation of ln I.",
            "family | noise | 90 % interval covers | 95 % interval covers | constant: conserved"
                + " | constant: scales or varies (false) | +10 %: conserved (false) | n^0.3: scales | n^0.3: varies");
    for (Cell cell : cells) {
      Tally flat = cell.of(SyntheticTruth.FLAT);
      Tally power = cell.of(SyntheticTruth.POWER);
      row(
          table,
          cell.design().name(),
          number(cell.noise().deviation()),
          cell.design().hasError() ? percent(flat.coverage90()) : "no error",
          cell.design().hasError() ? percent(flat.coverage95()) : "no error",
          percent(flat.share(Verdict.CONSERVED)),
          percent(flat.change()),
          percent(cell.of(SyntheticTruth.TOLERANCE).share(Verdict.CONSERVED)),
          percent(power.share(Verdict.SCALES)),
          percent(power.share(Verdict.VARIES)));
    }
    return table.toString();
  }

  private static String nulls(List<Cell> cells) {
    StringBuilder table =
        head(
            "Table 2. Value over null, of 2,000 families a row, in %.",
            "family | noise | ratio 1: trivial | ratio 1 to 1.1: trivial (false) | ratio 1.1: trivial (false)"
                + " | ratio 1.1: beyond (false) | ratio 1.5 to 1.65: beyond (false) | ratio 1.5: beyond");
    for (Cell cell : cells) {
      row(
          table,
          cell.design().name(),
          number(cell.noise().deviation()),
          percent(cell.of(SyntheticTruth.FLAT).share(NullRelation.TRIVIAL)),
          percent(cell.of(SyntheticTruth.TOLERANCE).share(NullRelation.TRIVIAL)),
          percent(cell.of(SyntheticTruth.NULL_EDGE).share(NullRelation.TRIVIAL)),
          percent(cell.of(SyntheticTruth.NULL_EDGE).share(NullRelation.BEYOND_NULL)),
          percent(cell.of(SyntheticTruth.BEYOND_DRIFTING).share(NullRelation.BEYOND_NULL)),
          percent(cell.of(SyntheticTruth.BEYOND).share(NullRelation.BEYOND_NULL)));
    }
    return table.toString();
  }

  private static String shared() {
    StringBuilder table =
        head(
            "Table 3. Seeds that share part of their deviation: 90 % intervals of the exponent by scale means"
                + " (in use) and by models.",
            "family | shared variance | by scale means covers, % | by models covers, %"
                + " | width by scale means over width by models");
    for (SyntheticDesign design : ConservationSimulation.designs()) {
      if (!design.hasSeeds() || design.scales() < 3) {
        continue;
      }
      for (double shared : SHARED) {
        var intervals = ConservationSimulation.intervals(design, shared);
        row(
            table,
            design.name(),
            number(shared),
            percent(intervals.coveredByScales()),
            percent(intervals.coveredByModels()),
            String.format(Locale.ROOT, "%.2f", intervals.scalesOverModels()));
      }
    }
    return table.toString();
  }

  private static String courses() {
    StringBuilder table =
        head(
            "Table 4. Noise alone, and where the model of a straight line with equal noise is wrong (noise 0.03), in %.",
            "truth | family | conserved | scales | varies");
    Set<SyntheticTruth> constant = EnumSet.of(SyntheticTruth.FLAT);
    Set<SyntheticTruth> bent = EnumSet.of(SyntheticTruth.PEAK, SyntheticTruth.STEP, SyntheticTruth.CURVED);
    Set<SyntheticTruth> uneven = EnumSet.of(SyntheticTruth.FLAT, SyntheticTruth.TOLERANCE);
    for (SyntheticDesign design : ConservationSimulation.designs()) {
      if (design.scales() < 5) {
        continue;
      }
      Cell noise = ConservationSimulation.cell(design, Noise.of(0.3), constant);
      verdicts(table, "constant, noise 0.3", design, noise.of(SyntheticTruth.FLAT));
      Cell cell = ConservationSimulation.cell(design, Noise.of(0.03), bent);
      bent.forEach(truth -> verdicts(table, truth.label(), design, cell.of(truth)));
      Cell shrinking = ConservationSimulation.cell(design, new Noise(0.03, 0, 4), uneven);
      uneven.forEach(
          truth -> verdicts(table, truth.label() + ", noise falling from 0.06 to 0.015", design, shrinking.of(truth)));
    }
    return table.toString();
  }

  private static void verdicts(StringBuilder table, String truth, SyntheticDesign design, Tally tally) {
    row(
        table,
        truth,
        design.name(),
        percent(tally.share(Verdict.CONSERVED)),
        percent(tally.share(Verdict.SCALES)),
        percent(tally.share(Verdict.VARIES)));
  }

  private static String discoveries() {
    StringBuilder table =
        head(
            "Table 5. False-discovery control over tables of 40 rows, half of them at the edge of the claim;"
                + " 200 tables a row, in %.",
            "claim | other rows | family | noise | false among the claims | true claims made");
    for (SyntheticDesign design : List.of(SyntheticDesign.kjv(), SyntheticDesign.even("8 models", 8, 1))) {
      for (double noise : NOISE) {
        var conserved =
            ConservationSimulation.discoveries(
                design, noise, SyntheticTruth.FLAT, SyntheticTruth.TOLERANCE, ChangeTests::equivalence);
        row(
            table,
            "conserved",
            SyntheticTruth.TOLERANCE.label(),
            design.name(),
            number(noise),
            percent(conserved.falseShare()),
            percent(conserved.found()));
        var changes =
            ConservationSimulation.discoveries(
                design, noise, SyntheticTruth.POWER, SyntheticTruth.FLAT, ChangeTests::anyChange);
        row(
            table,
            "changes",
            SyntheticTruth.FLAT.label(),
            design.name(),
            number(noise),
            percent(changes.falseShare()),
            percent(changes.found()));
      }
    }
    return table.toString();
  }

  private static StringBuilder head(String caption, String columns) {
    String rule = columns.replaceAll("[^|]+", "---");
    return new StringBuilder(caption).append("\n\n| ").append(columns).append(" |\n|").append(rule).append("|\n");
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%s", value);
  }
}
