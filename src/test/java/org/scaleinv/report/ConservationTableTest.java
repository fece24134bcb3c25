package org.scaleinv.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scaleinv.family.Comparison;
import org.scaleinv.family.Comparison.Inference;
import org.scaleinv.family.Comparison.Model;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Row;
import org.scaleinv.family.Comparison.Verdict;

class ConservationTableTest {
  private static final List<Model> MODELS =
      List.of(new Model("s0", 12, 10, "s"), new Model("s1", 12, 10, "s"), new Model("l", 120, 100, "l"));

  private static Inference inference(Verdict verdict, Double decidable) {
    return new Inference(0.25, 0.1, 0.02, verdict, decidable, verdict == Verdict.UNDECIDED ? null : 0.01);
  }

  private static Row row(String name, Verdict verdict, Double decidable, Verdict ratio, NullRelation relation) {
    List<Double> values = Arrays.asList(1.0, 2.0, null);
    return new Row(
        "spectral." + name, "mlp.in", name.equals("gap") ? values : List.of(1.0, 2.0, 4.0), null, null,
        inference(verdict, decidable), null, ratio == null ? null : inference(ratio, null), relation);
  }

  private static String table(Row... rows) {
    return ConservationTable.of(new Comparison(MODELS, 0.1, 0.05, List.of(rows)));
  }

  @Test
  void rowsStandInTheirGroupsTheMostWorthKnowingFirst() {
    String table = table(
        row("alpha", Verdict.UNDECIDED, 0.9, Verdict.UNDECIDED, NullRelation.UNDECIDED),
        row("moment_3", Verdict.UNDECIDED, 0.4, Verdict.UNDECIDED, NullRelation.UNDECIDED),
        row("moment_4", Verdict.SCALES, 0.4, Verdict.CONSERVED, NullRelation.BEYOND_NULL),
        row("stable_rank", Verdict.CONSERVED, 0.05, Verdict.CONSERVED, NullRelation.TRIVIAL),
        row("log_det", Verdict.VARIES, 2.0, null, null));
    List<String> starts = table.lines().map(line -> line.split(" ")[0]).filter(word -> !word.isEmpty()).toList();
    assertEquals(
        List.of("spectral", "s0,", "invariant", "Conserved", "moment_4", "Conserved", "stable_rank", "Varies",
            "log_det", "Undecided", "moment_3", "alpha", "1", "1", "1", "2"),
        starts.subList(0, 16), table);
    assertTrue(table.contains("half of them at 40 %"), table);
  }

  @Test
  void theToleranceThatDecidesIsRoundedUp() {
    for (var shown : Map.of(0.104, " 11 % ", 0.1, " 10 % ", 12.34, " 1300 % ", 0.0012, " 0.12 % ").entrySet()) {
      String table = table(row("alpha", Verdict.UNDECIDED, shown.getKey(), null, null));
      assertTrue(table.contains(" undecided " + " ".repeat(12 - shown.getValue().length()) + shown.getValue()), table);
    }
    assertTrue(table(row("alpha", Verdict.UNDECIDED, Double.POSITIVE_INFINITY, null, null)).contains(" inf "));
  }

  @Test
  void aFunctionOfOtherInvariantsIsNotTestedAndNotUndecided() {
    String table = table(row("moment_2", Verdict.UNDECIDED, null, Verdict.UNDECIDED, NullRelation.UNDECIDED));
    assertTrue(table.contains("Not tested (1)") && table.contains(" not tested\n"), table);
    assertFalse(table.contains("ndecided"), table);
  }

  @Test
  void aChangeWhoseLawIsUnclearIsNotCalledNoise() {
    Inference unclear = new Inference(0.65, -0.26, 0.02, Verdict.UNDECIDED, 2.6, 0.001);
    Row row = new Row("spectral.gap", "mlp.in", List.of(1.0, 2.0, 4.0), null, null, unclear, null, null, null);
    String table = table(row);
    assertTrue(table.contains("Changes, by a law that is unclear (1)"), table);
    assertTrue(table.contains("1 change, and stay undecided"), table);
    assertFalse(table.contains("noisy") || table.contains("2.6"), table);
  }

  @Test
  void theWordsFollowToleranceNullsAndSigns() {
    List<Row> rows = List.of(
        row("stable_rank", Verdict.CONSERVED, 0.05, Verdict.CONSERVED, NullRelation.TRIVIAL),
        row("log_det", Verdict.UNDECIDED, null, Verdict.CONSERVED, NullRelation.TRIVIAL));
    String wide = ConservationTable.of(new Comparison(MODELS, 0.25, 0.05, rows));
    assertTrue(wide.contains("shown to be less than 25 %") && wide.contains("2 trivial against the null"), wide);
    assertTrue(wide.contains("For spectral.log_det read 0.25 of the unit"), wide);
    assertTrue(wide.contains("No error can be given"), wide);
    String alone = table(row("alpha", Verdict.CONSERVED, 0.05, null, null));
    assertFalse(alone.contains("against the null") || alone.contains("read 0.1"), alone);
  }

  @Test
  void hostileNamesDoNotReachTheTerminal() {
    String table = table(row("x\u001b[31m", Verdict.UNDECIDED, null, null, null));
    assertTrue(table.contains("x\\u001b[31m") && !table.contains("\u001b"), table);
  }

  @Test
  void theEndsAreTheMeansOfTheSmallestAndLargestScaleWithAValue() {
    assertTrue(table(row("alpha", Verdict.SCALES, null, null, null)).contains(" 1.500 → 4.000 "));
    assertTrue(table(row("gap", Verdict.UNDECIDED, null, null, null)).contains(" 1.500 → 1.500 "));
  }

  @Test
  void manySignedInvariantsAreListedOverSeveralLines() {
    Row[] rows =
        List.of("betti_0_at_1", "betti_0_at_5", "betti_0_at_10", "betti_1_at_1", "betti_1_at_5", "euler").stream()
            .map(name -> new Row(
                "topology." + name, "mlp.in", List.of(1.0, 2.0, 4.0), null, null, inference(Verdict.VARIES, 2.0), null,
                null,
                null))
            .toArray(Row[]::new);
    String table = table(rows);
    assertTrue(table.lines().allMatch(line -> line.length() <= 120), table);
    assertTrue(table.replace("\n  ", " ").contains("topology.betti_1_at_5, topology.euler read 0.10 of the unit"),
        table);
  }
}
