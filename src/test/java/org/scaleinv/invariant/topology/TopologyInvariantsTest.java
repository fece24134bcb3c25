package org.scaleinv.invariant.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Diagram;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.dimension.PairDistances;

class TopologyInvariantsTest {
  private static final float FOREVER = Float.POSITIVE_INFINITY;
  private static final float DIAGONAL = (float) Math.sqrt(2);
  private static final float SECOND = (float) Math.sqrt(3);

  private static Diagram diagram(int dimension, float... ends) {
    int bars = ends.length / 2;
    float[] births = new float[bars];
    float[] deaths = new float[bars];
    for (int i = 0; i < bars; i++) {
      births[i] = ends[2 * i];
      deaths[i] = ends[2 * i + 1];
    }
    return new Diagram(dimension, births, deaths, null);
  }

  /** Corners of a regular polygon, by the distance of corners that are 1, 2, … apart around it. */
  private static PairDistances polygon(int corners, float... apart) {
    float[] matrix = new float[corners * corners];
    for (int i = 0; i < corners; i++) {
      for (int j = 0; j < corners; j++) {
        int steps = Math.min(Math.abs(i - j), corners - Math.abs(i - j));
        matrix[i * corners + j] = steps == 0 ? 0 : apart[steps - 1];
      }
    }
    return new PairDistances(corners, matrix);
  }

  private static CloudTopology square(float side) {
    return topology(
        List.of(
            diagram(0, 0, side, 0, side, 0, side, 0, FOREVER), diagram(1, side, DIAGONAL * side), diagram(2)),
        polygon(4, side, DIAGONAL * side));
  }

  /** At √3 all but the three long diagonals are there: an octahedron. */
  private static CloudTopology hexagon() {
    return topology(
        List.of(
            diagram(0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, FOREVER), diagram(1, 1, SECOND), diagram(2, SECOND, 2)),
        polygon(6, 1, SECOND, 2));
  }

  private static CloudTopology topology(List<Diagram> diagrams, PairDistances distances) {
    return CloudTopology.of(diagrams, distances, 1).toOptional().orElseThrow();
  }

  private static Outcome outcome(String name, CloudTopology cloud) {
    return TopologyInvariants.upTo(cloud.barcodes().size() - 1)
        .stream()
        .filter(invariant -> invariant.info().id().equals("topology." + name))
        .findFirst()
        .orElseThrow()
        .of(cloud);
  }

  private static void assertValue(double expected, String name, CloudTopology cloud) {
    assertEquals(expected, outcome(name, cloud).value(), 1e-7, name);
  }

  /** The same at every quantile, and none of dimension 2. */
  private static void assertBettiNumbers(double components, double loops, CloudTopology cloud) {
    for (int percent : BettiNumber.PERCENTS) {
      assertValue(components, "betti_0_at_" + percent, cloud);
      assertValue(loops, "betti_1_at_" + percent, cloud);
      assertValue(0, "betti_2_at_" + percent, cloud);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 0x1p-60f, 3e20f})
  void aSquare(float side) {
    CloudTopology cloud = square(side);
    assertEquals(side, cloud.median());
    double length = Math.sqrt(2) - 1;
    // its four sides are the shortest pairs at every quantile
    assertBettiNumbers(1 / 4.0, 1 / 4.0, cloud);
    // χ is 0 at the four sides and 1 at the two diagonals
    assertValue(2 / 6.0 / 4, "euler", cloud);
    assertEquals(0, outcome("euler", cloud).detail().get("count_at_5"));
    assertValue(3 / 4.0, "total_persistence_0", cloud);
    assertValue(1, "max_persistence_0", cloud);
    assertValue(Math.log(3), "persistence_entropy_0", cloud);
    assertValue(length / 4, "total_persistence_1", cloud);
    assertValue(length, "max_persistence_1", cloud);
    assertValue(0, "persistence_entropy_1", cloud);
    assertValue(Math.sqrt(Math.pow(length, 3) / 12), "landscape_1", cloud);
    assertEquals(length * length / 4, (double) outcome("landscape_1", cloud).detail().get("degree_1"), 1e-7);
    for (String undefined : List.of("total_persistence_2", "max_persistence_2", "persistence_entropy_2",
        "landscape_2", "ph_dimension", "correlation_dimension", "two_nn_dimension")) {
      assertNull(outcome(undefined, cloud).value());
      assertInstanceOf(String.class, outcome(undefined, cloud).detail().get(Outcome.NOT_APPLICABLE));
    }
  }

  @Test
  void aHexagonBecomesAnOctahedron() {
    CloudTopology cloud = hexagon();
    double unit = Math.sqrt(3);
    assertEquals(SECOND, cloud.median());
    assertValue((2 - unit) / unit, "max_persistence_2", cloud);
    assertValue((unit - 1) / unit / 6, "total_persistence_1", cloud);
    assertValue(5 / unit / 6, "total_persistence_0", cloud);
    assertValue((2 - unit) / unit / 6, "total_persistence_2", cloud);
    assertValue(1 / unit, "max_persistence_0", cloud);
    assertValue((unit - 1) / unit, "max_persistence_1", cloud);
    assertValue(Math.log(5), "persistence_entropy_0", cloud);
    assertValue(0, "persistence_entropy_1", cloud);
    assertValue(0, "persistence_entropy_2", cloud);
    assertValue(Math.sqrt(Math.pow((unit - 1) / unit, 3) / 12), "landscape_1", cloud);
    assertBettiNumbers(1 / 6.0, 1 / 6.0, cloud);
    // χ is 0 at the six sides, 2 at the six next pairs, 1 at the three long diagonals
    assertValue((6 * 0 + 6 * 2 + 3 * 1) / 15.0 / 6, "euler", cloud);
    assertValue(Math.sqrt(Math.pow((2 - unit) / unit, 3) / 12), "landscape_2", cloud);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 40})
  void onlyADimensionThatThePointsCanShowIsGiven(int space) {
    int points = 128;
    Random random = new Random(space);
    double[][] cloud = IntStream.range(0, points)
        .mapToObj(_ -> IntStream.range(0, space).mapToDouble(_ -> random.nextGaussian()).toArray())
        .toArray(double[][]::new);
    float[] matrix = new float[points * points];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        double squares = 0;
        for (int c = 0; c < space; c++) {
          squares += Math.pow(cloud[i][c] - cloud[j][c], 2);
        }
        matrix[i * points + j] = (float) Math.sqrt(squares);
      }
    }
    CloudTopology topology = topology(List.of(diagram(0, 0, FOREVER)), new PairDistances(points, matrix));
    Outcome correlation = outcome("correlation_dimension", topology);
    boolean saturated = space > 2 * Math.log10(points);
    assertEquals(saturated, correlation.detail().get("saturated"));
    assertEquals(saturated, !correlation.applicable());
    if (saturated) {
      assertTrue((double) correlation.detail().get("estimate") > 2 * Math.log10(points));
      assertTrue(correlation.detail().get(Outcome.NOT_APPLICABLE).toString().startsWith("saturated: "));
    } else {
      assertEquals(2, correlation.value(), 4 * correlation.error());
      Outcome nearest = outcome("two_nn_dimension", topology);
      assertEquals(2, nearest.value(), 4 * nearest.error());
    }
    // of 128 points, eighths show dimensions up to 16
    Outcome persistent = outcome("ph_dimension", topology);
    assertEquals(saturated, !persistent.applicable());
    assertEquals(16.0, persistent.detail().get("limit"));
    assertTrue((double) persistent.detail().get("estimate") > (saturated ? 16 : 1));
    assertEquals(saturated, outcome("two_nn_dimension", topology).detail().get("saturated"));
    assertTrue(outcome("two_nn_dimension", topology).applicable());
  }

  @Test
  void everyIdIsOneRowAndHigherDimensionsAddToIt() {
    List<String> ids = TopologyInvariants.upTo(2).stream().map(invariant -> invariant.info().id()).toList();
    assertEquals(ids.size(), ids.stream().distinct().count());
    assertTrue(ids.stream().allMatch(id -> id.matches("[a-z]+\\.[a-z0-9_]+")));
    assertTrue(ids.containsAll(TopologyInvariants.upTo(1).stream().map(invariant -> invariant.info().id()).toList()));
    assertFalse(ids.contains("topology.landscape_0"));
  }

  @Test
  void withoutAMedianThereIsNoTopology() {
    assertInstanceOf(Estimate.NotApplicable.class,
        CloudTopology.of(List.of(diagram(0)), new PairDistances(3, new float[9]), 1));
    assertInstanceOf(Estimate.NotApplicable.class,
        CloudTopology.of(List.of(diagram(0)), new PairDistances(1, new float[1]), 1));
  }
}
