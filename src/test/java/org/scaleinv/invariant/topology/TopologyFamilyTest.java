package org.scaleinv.invariant.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.error.BadInput;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;

class TopologyFamilyTest {
  private static final TopologyFamily FAMILY = new TopologyFamily();
  private static final Engine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private static Settings settings(NullModel nulls, int dimension, int points, int subsamples) {
    return new Settings(List.of("topology"), null, nulls, nulls == NullModel.NONE ? 0 : 64, 5, Solver.AUTO,
        new CloudSettings(dimension, points, subsamples, null, new TreeMap<>()));
  }

  private static List<Findings> measure(Checkpoint model, Settings settings) {
    return FAMILY.work(model, settings).stream().map(work -> work.measure(ENGINE, 1)).toList();
  }

  private static Measurement row(List<Findings> parts, String name) {
    return parts.getFirst().measurements().stream().filter(row -> row.invariant().equals("topology." + name))
        .findFirst().orElseThrow();
  }

  /** At 5 % of the pairs a point of 80 is joined to the four nearest, and the edges close one circle. */
  @ParameterizedTest
  @CsvSource({"4, 1", "24, 1e-9"})
  void aCircleHasOneLoopAndNoiseHasNot(int width, double radius) {
    Settings settings = settings(NullModel.GAUSSIAN, 2, 80, 6);
    List<Findings> circle = measure(CloudModels.embedding(width, CloudModels.circle(100, width, radius)), settings);
    Measurement loops = row(circle, "betti_1_at_10");
    assertEquals(1 / 80.0, loops.value(), 1e-12);
    assertEquals(1.0, loops.detail().get("count"));
    assertEquals(0, row(circle, "betti_2_at_10").value());
    assertEquals(1 / 80.0, row(circle, "betti_0_at_10").value(), 1e-12);
    assertTrue(row(circle, "max_persistence_1").nullRatio() > 2, row(circle, "max_persistence_1").toString());
    List<Findings> noise = measure(CloudModels.embedding(width, CloudModels.gaussian(100, width, 0, 1, 1)), settings);
    assertNotEquals(1.0, row(noise, "betti_1_at_10").detail().get("count"));
    assertEquals(1, row(noise, "max_persistence_1").nullRatio(), 0.4);
  }

  /** Independent Gaussian points are their own null, whether there are more of them than coordinates or fewer. */
  @ParameterizedTest
  @CsvSource({"120, 8", "120, 48", "100, 200"})
  void aGaussianCloudIsItsOwnNull(int points, int width) {
    List<Findings> parts =
        measure(
            CloudModels.embedding(width, CloudModels.gaussian(points, width, 3, 0.1, width)),
            settings(NullModel.GAUSSIAN, 1, 80, 12));
    for (String id : List.of("total_persistence_0", "max_persistence_0", "total_persistence_1", "max_persistence_1")) {
      Measurement row = row(parts, id);
      double deviation = ((Number) row.detail().get("null_sd")).doubleValue() / row.nullValue();
      // subsamples of one cloud scatter about that cloud's own value, which a null cloud shows
      assertEquals(1, row.nullRatio(), 4 * deviation, row.toString());
      assertTrue(deviation < 0.3, row.toString());
    }
  }

  @Test
  void permutedCoordinatesKeepWhatTheyHaveAndForgetTheCircle() {
    double[] circle = CloudModels.circle(100, 2, 1);
    List<Findings> parts = measure(CloudModels.embedding(2, circle), settings(NullModel.PERMUTED, 1, 80, 4));
    Measurement loop = row(parts, "max_persistence_1");
    assertTrue(loop.nullRatio() > 1.5, loop.toString());
    assertEquals(4, loop.detail().get("null_draws"));
  }

  @Test
  void untrainedRowsAreLeftOutAndCounted() {
    int width = 24;
    double[] untrained = CloudModels.gaussian(150, width, 0.8, 0.02, 2);
    double[] trained = CloudModels.gaussian(70, width, 0, 0.3, 3);
    Settings settings = settings(NullModel.NONE, 1, 256, 3);
    List<Findings> parts = measure(CloudModels.embedding(width, CloudModels.joined(untrained, trained)), settings);
    for (Measurement row : parts.getFirst().measurements()) {
      assertEquals(150, row.detail().get("tokens_untrained"), row.toString());
      assertEquals(220, row.detail().get("tokens_examined"));
      assertEquals(70, row.detail().get("cloud"));
      assertEquals(56, row.detail().get("points"), "four fifths");
    }
    List<Findings> clean = measure(CloudModels.embedding(width, trained), settings);
    assertEquals(0, row(clean, "two_nn_dimension").detail().get("tokens_untrained"));
    assertEquals(70, row(clean, "two_nn_dimension").detail().get("cloud"));
  }

  @Test
  void tokensThatAreGivenAreTheCloud() {
    int width = 6;
    double[] rows =
        CloudModels.joined(CloudModels.circle(100, width, 5), CloudModels.gaussian(60, width, 0, 1, 4));
    Checkpoint model = CloudModels.embedding(width, rows);
    Settings found = settings(NullModel.NONE, 1, 80, 2);
    List<Integer> circle = IntStream.range(0, 100).boxed().toList();
    Settings given = found.with(found.clouds().agreeing(circle, new TreeMap<>()));
    assertEquals(1.0, row(measure(model, given), "betti_1_at_10").detail().get("count"));
    assertEquals(100, row(measure(model, given), "betti_1_at_10").detail().get("tokens_given"));
    assertNotEquals(1.0, row(measure(model, found), "betti_1_at_10").detail().get("count"));
    Settings beyond = found.with(found.clouds().agreeing(List.of(0, 160), new TreeMap<>()));
    BadInput error = assertThrows(BadInput.class, () -> measure(model, beyond));
    assertTrue(error.getMessage().contains("\"wte\" has 160 rows, expected one for token 160"), error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"GAUSSIAN", "PERMUTED"})
  void threadsAndOrderChangeNoBit(NullModel nulls) {
    Checkpoint model = CloudModels.neurons(48, 12, 3, false);
    Settings settings = settings(nulls, 2, 32, 3);
    List<Findings> inOrder = measure(model, settings);
    List<Work> work = FAMILY.work(model, settings);
    List<Findings> shuffled =
        work.reversed().parallelStream().map(part -> part.measure(ENGINE, 3)).toList().reversed();
    for (int i = 0; i < work.size(); i++) {
      assertEquals(inOrder.get(i).measurements(), shuffled.get(i).measurements());
      SortedMap<String, Array> arrays = inOrder.get(i).arrays();
      SortedMap<String, Array> others = shuffled.get(i).arrays();
      assertEquals(arrays.keySet(), others.keySet());
      arrays.forEach((name, array) -> assertArrayEquals(array.values(), others.get(name).values(), name));
    }
    assertEquals(FAMILY.summarise(model, inOrder, settings), FAMILY.summarise(model, shuffled, settings));
    Settings otherSeed = new Settings(settings.families(), null, nulls, 64, 6, Solver.AUTO, settings.clouds());
    assertNotEquals(inOrder.getFirst().measurements(), measure(model, otherSeed).getFirst().measurements());
  }

  /** Units in rows and the same units in columns are one cloud. */
  @Test
  void rowsAndColumnsAreReadAlike() {
    Settings settings = settings(NullModel.NONE, 1, 32, 2);
    assertEquals(
        measure(CloudModels.neurons(60, 10, 2, false), settings).getLast().measurements(),
        measure(CloudModels.neurons(60, 10, 2, true), settings).getLast().measurements());
  }

  @Test
  void theDiagramOfTheFirstSubsampleIsKept() {
    Settings settings = settings(NullModel.NONE, 2, 40, 2);
    Findings found = measure(CloudModels.neurons(50, 5, 1, false), settings).getFirst();
    Array diagram = found.arrays().get("diagram/h.0.mlp.in");
    assertEquals(2, diagram.shape().rank());
    assertEquals(3, diagram.shape().extent(1));
    double[] dimensions = column(diagram, 0);
    assertEquals(40, Arrays.stream(dimensions).filter(k -> k == 0).count(), "a class of dimension 0 a point");
    assertEquals(1, Arrays.stream(column(diagram, 2)).filter(Double::isInfinite).count());
    IntStream.range(0, dimensions.length)
        .forEach(i -> assertTrue(column(diagram, 1)[i] < column(diagram, 2)[i], "pair " + i));
  }

  private static double[] column(Array table, int k) {
    return IntStream.range(0, table.values().length / 3).mapToDouble(i -> table.values()[3 * i + k]).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19})
  void aCloudTooSmallIsNotApplicable(int units) {
    for (Measurement row : measure(CloudModels.neurons(units, 6, 1, false), settings(NullModel.GAUSSIAN, 1, 32, 2))
        .getFirst().measurements()) {
      assertNull(row.value());
      assertNull(row.nullValue());
      assertTrue(
          row.detail().get("not_applicable").toString().contains("cloud of " + units + " points"), row.toString());
    }
  }

  @Test
  void equalPointsHaveNoMedianAndNothingIsMadeUp() {
    Checkpoint model = CloudModels.embedding(3, new double[3 * 60]);
    Settings settings = settings(NullModel.GAUSSIAN, 1, 32, 2);
    List<Integer> all = IntStream.range(0, 60).boxed().toList();
    for (Measurement row : measure(model, settings.with(settings.clouds().agreeing(all, new TreeMap<>())))
        .getFirst().measurements()) {
      assertNull(row.value(), row.toString());
    }
  }

  @Test
  void aNumberThatIsNoneIsSaid() {
    double[] rows = CloudModels.gaussian(60, 4, 0, 1, 6);
    rows[17] = Double.NaN;
    Findings found = measure(CloudModels.embedding(4, rows), settings(NullModel.NONE, 1, 32, 2)).getFirst();
    assertEquals(List.of(), found.measurements());
    assertTrue(found.unmeasured().getFirst().reason().contains("1 of the 240 entries"), found.toString());
  }

  @Test
  void aModelWithoutCloudsIsSaidToHaveNone() {
    List<Findings> parts = measure(CloudModels.neurons(30, 4, 0, false), settings(NullModel.NONE, 1, 32, 2));
    assertEquals(1, parts.size());
    assertEquals("clouds", parts.getFirst().unmeasured().getFirst().subject());
  }

  @ParameterizedTest
  @CsvSource({"2, experts", "5, h.0.other"})
  void stackedExpertsAreSaidToGiveNone(int experts, String tensor) {
    Checkpoint model = CloudModels.experts(tensor, experts, 30, 4);
    List<Findings> parts = measure(model, settings(NullModel.NONE, 1, 32, 2));
    assertEquals(1, parts.size(), "once for the tensor");
    assertEquals(tensor, parts.getFirst().unmeasured().getFirst().subject());
    assertTrue(parts.getFirst().unmeasured().getFirst().reason().contains("a stack of matrices"));
    Settings others = new Settings(List.of("topology"), Pattern.compile("nothing"), NullModel.NONE, 0, 5, Solver.AUTO,
        new CloudSettings(1, 32, 2, null, new TreeMap<>()));
    assertEquals(List.of(), FAMILY.work(model, others));
  }

  @Test
  void rolesAndTheModelHaveRows() {
    Checkpoint model = CloudModels.neurons(48, 12, 3, false);
    Settings settings = settings(NullModel.GAUSSIAN, 1, 32, 3);
    List<Findings> parts = measure(model, settings);
    List<Measurement> rows = FAMILY.summarise(model, parts, settings);
    assertEquals(2 * TopologyInvariants.upTo(1).size(), rows.size());
    Measurement role = rows.getFirst();
    assertEquals(Scope.ROLE, role.scope());
    assertEquals("mlp.in", role.role());
    double mean = parts.stream().mapToDouble(part -> part.measurements().getFirst().value()).average().orElseThrow();
    assertEquals(mean, role.value(), 1e-12);
    assertEquals(3, role.detail().get("layers"));
    assertEquals(Scope.MODEL, rows.getLast().scope());
  }

  @Test
  void theModelsOfAFamilyGiveSubsamplesOfOneSize() {
    List<Checkpoint> family = List.of(
        CloudModels.neurons(100, 12, 1, false), CloudModels.neurons(60, 12, 1, true),
        CloudModels.neurons(10, 12, 1, true));
    Settings agreed = FAMILY.agreed(family, settings(NullModel.NONE, 1, 70, 2), ENGINE, 1);
    List<Object> points = new ArrayList<>();
    family.forEach(model -> points.add(measure(model, agreed).getFirst().measurements().getFirst().detail()
        .get("points")));
    assertEquals(Arrays.asList(48, 48, null), points, "four fifths of 60; none of 10");
    Settings alike = settings(NullModel.NONE, 1, 40, 2);
    assertEquals(alike, FAMILY.agreed(family, alike, ENGINE, 1));
  }

  @Test
  void theModelsOfAFamilyGiveTheSameTokens() {
    int width = 16;
    double[] trained = CloudModels.gaussian(50, width, 0, 0.5, 7);
    double[] untrained = CloudModels.gaussian(40, width, 1, 0.02, 8);
    double[] touched = CloudModels.gaussian(10, width, 0, 0.5, 9);
    double[] drifted = CloudModels.gaussian(10, width, 1, 0.02, 10);
    Checkpoint one =
        CloudModels.embedding(width, CloudModels.joined(trained, CloudModels.joined(untrained, touched)));
    Checkpoint other =
        CloudModels.embedding(width, CloudModels.joined(trained, CloudModels.joined(untrained, drifted)));
    Settings asked = settings(NullModel.NONE, 1, 64, 2);
    Settings agreed = FAMILY.agreed(List.of(one, other), asked, ENGINE, 1);
    assertEquals(IntStream.range(0, 50).boxed().toList(), agreed.clouds().tokens());
    assertEquals(new TreeMap<>(), agreed.clouds().agreed());
    assertFalse(FAMILY.agreed(List.of(one, one), asked, ENGINE, 1).clouds().tokens() != null);
  }
}
