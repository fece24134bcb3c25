package org.scaleinv.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.family.ConservationSimulation.FAMILIES;
import static org.scaleinv.family.ConservationSimulation.LEVEL;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scaleinv.family.Comparison.NullRelation;
import org.scaleinv.family.Comparison.Verdict;
import org.scaleinv.family.ConservationSimulation.Cell;

/**
 * The rates of docs/conservation.md. Every count of a cell is binomial over {@link ConservationSimulation#FAMILIES}
 * families; about 300 rates are asserted, so each gets four standard deviations (3 in 100,000 one-sided).
 */
class ConservationSimulationTest {
  private static List<Cell> cells;

  @BeforeAll
  static void simulate() {
    cells = ConservationSimulation.standardCells();
  }

  @Test
  void intervalsOfTheExponentCoverWhatTheySay() {
    for (Cell cell : cells) {
      if (cell.design().hasError()) {
        Tally flat = cell.of(SyntheticTruth.FLAT);
        assertEquals(0.90, flat.coverage90(), chance(0.90), "90 % " + name(cell));
        assertEquals(0.95, flat.coverage95(), chance(0.95), "95 % " + name(cell));
      }
    }
  }

  @Test
  void aDriftOfTheToleranceIsCalledConservedNoMoreOftenThanTheLevel() {
    assertRare("conserved", cell -> cell.of(SyntheticTruth.TOLERANCE).share(Verdict.CONSERVED));
    assertReached(cell -> cell.of(SyntheticTruth.TOLERANCE).share(Verdict.CONSERVED));
  }

  @Test
  void aConstantIsSaidToChangeNoMoreOftenThanTheLevel() {
    assertRare("changes", cell -> cell.of(SyntheticTruth.FLAT).change());
  }

  @Test
  void aPowerLawIsCalledLawlessNoMoreOftenThanTheLevelWhereALawCanBeTested() {
    assertRare("varies", c -> c.design().scales() > 2 ? c.of(SyntheticTruth.POWER).share(Verdict.VARIES) : 0);
    assertRare("conserved", c -> c.of(SyntheticTruth.POWER).share(Verdict.CONSERVED));
  }

  @Test
  void aRatioAtTheEdgeIsNeitherTrivialNorBeyondMoreOftenThanTheLevel() {
    assertRare("trivial at one end", c -> c.of(SyntheticTruth.TOLERANCE).share(NullRelation.TRIVIAL));
    assertRare("trivial throughout", c -> c.of(SyntheticTruth.NULL_EDGE).share(NullRelation.TRIVIAL));
    assertRare("beyond at the edge", c -> c.of(SyntheticTruth.NULL_EDGE).share(NullRelation.BEYOND_NULL));
    assertRare("beyond though drifting", c -> c.of(SyntheticTruth.BEYOND_DRIFTING).share(NullRelation.BEYOND_NULL));
    assertReached(c -> c.of(SyntheticTruth.NULL_EDGE).share(NullRelation.BEYOND_NULL));
  }

  @Test
  void littleNoiseAndFourScalesDecideWhatIsTrue() {
    for (Cell cell : cells) {
      if (cell.design().scales() >= 4 && cell.noise().deviation() <= 0.01) {
        // noise of 0.01 against a bound of 0.095: four models with two degrees of freedom are the weakest
        assertTrue(cell.of(SyntheticTruth.FLAT).share(Verdict.CONSERVED) > 0.95, name(cell));
        assertTrue(cell.of(SyntheticTruth.POWER).share(Verdict.SCALES) > 0.95, name(cell));
        assertTrue(cell.of(SyntheticTruth.FLAT).share(NullRelation.TRIVIAL) > 0.95, name(cell));
        assertTrue(cell.of(SyntheticTruth.BEYOND).share(NullRelation.BEYOND_NULL) > 0.95, name(cell));
      }
    }
  }

  @Test
  void twoModelsDecideNothing() {
    for (Cell cell : cells) {
      if (!cell.design().hasError()) {
        assertEquals(1, cell.of(SyntheticTruth.FLAT).share(Verdict.UNDECIDED), name(cell));
        assertEquals(1, cell.of(SyntheticTruth.POWER).share(Verdict.UNDECIDED), name(cell));
        assertEquals(1, cell.of(SyntheticTruth.FLAT).share(NullRelation.UNDECIDED), name(cell));
        assertEquals(1, cell.of(SyntheticTruth.BEYOND).share(NullRelation.UNDECIDED), name(cell));
      }
    }
  }

  @Test
  void whatSeedsShareSpoilsAnIntervalOverModelsButNotOneOverScales() {
    for (SyntheticDesign design : List.of(SyntheticDesign.kjv(), SyntheticDesign.even("5 × 2", 5, 2))) {
      var intervals = ConservationSimulation.intervals(design, 0.9);
      assertTrue(intervals.coveredByScales() >= 0.90 - chance(0.90), design.name() + intervals);
      assertTrue(intervals.coveredByModels() < 0.85, design.name() + intervals);
    }
  }

  @Test
  void falseClaimsOfATableStayUnderTheLevelTimesTheShareOfFalseRows() {
    SyntheticDesign kjv = SyntheticDesign.kjv();
    var conserved =
        ConservationSimulation.discoveries(
            kjv, 0.01, SyntheticTruth.FLAT, SyntheticTruth.TOLERANCE, ChangeTests::equivalence);
    var changes =
        ConservationSimulation.discoveries(
            kjv, 0.03, SyntheticTruth.POWER, SyntheticTruth.FLAT, ChangeTests::anyChange);
    // the share of false claims of one table scatters by at most 0.05 where half of 40 rows are false
    double chance = 4 * 0.05 / Math.sqrt(ConservationSimulation.TABLES);
    assertTrue(conserved.falseShare() <= LEVEL / 2 + chance, conserved.toString());
    assertTrue(changes.falseShare() <= LEVEL / 2 + chance, changes.toString());
    assertTrue(conserved.found() > 0.95 && changes.found() > 0.95, conserved + " " + changes);
  }

  @Test
  void thePageShowsWhatTheSimulationGives() throws IOException {
    assertEquals(
        ConservationTables.all(cells),
        ConservationTables.between(Files.readString(ConservationTables.PAGE)),
        "run ConservationTables to write the tables into " + ConservationTables.PAGE);
  }

  private static void assertRare(String claim, ToDoubleFunction<Cell> share) {
    for (Cell cell : cells) {
      double found = share.applyAsDouble(cell);
      assertTrue(found <= LEVEL + chance(LEVEL), claim + ": " + found + " " + name(cell));
    }
  }

  /** A test that never rejects would keep every level: where noise is small the level has to be used up. */
  private static void assertReached(ToDoubleFunction<Cell> share) {
    for (Cell cell : cells) {
      if (cell.design().hasError() && cell.noise().deviation() <= 0.01) {
        assertEquals(LEVEL, share.applyAsDouble(cell), chance(LEVEL), name(cell));
      }
    }
  }

  private static double chance(double share) {
    return 4 * Math.sqrt(share * (1 - share) / FAMILIES);
  }

  private static String name(Cell cell) {
    return cell.design().name() + ", " + cell.noise() + ", seed " + ConservationSimulation.SEED;
  }
}
