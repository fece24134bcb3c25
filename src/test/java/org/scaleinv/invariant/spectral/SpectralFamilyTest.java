package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;

class SpectralFamilyTest {
  private static final double ROUNDING = 1e-12;
  private static final SpectralFamily FAMILY = new SpectralFamily();

  private static Engine engine;

  @BeforeAll
  static void start() {
    engine = new CpuEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void everyPartHasItsRowsAndItsSpectrum() {
    Checkpoint model = SmallModels.gaussian(2);
    List<Findings> parts = measure(model, settings(NullModel.GAUSSIAN));
    assertEquals(2 * 2 + 1 + 2, parts.size(), "a work for each matrix and for the heads of each layer");
    Map<String, List<Measurement>> bySubject = parts.stream()
        .flatMap(part -> part.measurements().stream())
        .collect(Collectors.groupingBy(Measurement::subject));
    SortedMap<String, Array> spectra = new TreeMap<>();
    parts.forEach(part -> spectra.putAll(part.arrays()));
    assertEquals(2 * (2 + 2) + 1, bySubject.size());
    bySubject.forEach((subject, rows) -> {
      boolean head = rows.getFirst().scope() == Scope.HEAD;
      assertEquals(head ? 12 : 15, rows.size());
      assertEquals(head ? SmallModels.HEAD : SmallModels.WIDTH, spectra.get("spectrum/" + subject).values().length);
      for (Measurement row : rows) {
        assertTrue(row.applicable(), row.toString());
        assertNotNull(row.nullValue(), row.toString());
        assertEquals(5, row.detail().get("null_draws"), row.toString());
      }
    });
  }

  @Test
  void productsHaveNoMarchenkoPasturLaw() {
    List<String> ids = measure(SmallModels.gaussian(1), settings(NullModel.NONE)).stream()
        .flatMap(part -> part.measurements().stream())
        .filter(row -> row.scope() == Scope.HEAD)
        .map(Measurement::invariant)
        .distinct()
        .toList();
    assertFalse(ids.contains("spectral.norm_mp_ratio"));
    assertFalse(ids.contains("spectral.mp_sigma"));
    assertFalse(ids.contains("spectral.mp_spikes"));
  }

  @Test
  void aRoleIsTheMeanOfItsLayersAndTheModelThatOfItsRoles() {
    Checkpoint model = SmallModels.gaussian(3);
    Settings settings = settings(NullModel.GAUSSIAN);
    List<Findings> parts = measure(model, settings);
    List<Measurement> rows = FAMILY.summarise(model, parts, settings);
    for (String id : List.of("spectral.stable_rank", "spectral.alpha", "spectral.log_det")) {
      List<Measurement> layers = of(parts, id, "mlp.in");
      Measurement role = one(rows, id, "mlp.in");
      assertEquals(mean(layers.stream().map(Measurement::value)), role.value(), ROUNDING);
      assertEquals(mean(layers.stream().map(Measurement::nullValue)), role.nullValue(), ROUNDING);
      assertEquals(3, role.detail().get("layers"));
      Measurement whole = one(rows, id, "model");
      double roles = (one(rows, id, "attention.q").value() + role.value()) / 2;
      assertEquals(roles, whole.value(), ROUNDING, "embeddings and heads stay out");
      assertEquals(Scope.MODEL, whole.scope());
    }
    Measurement alpha = one(rows, "spectral.alpha", "mlp.in");
    double errors = of(parts, "spectral.alpha", "mlp.in").stream().mapToDouble(row -> row.error() * row.error()).sum();
    assertEquals(Math.sqrt(errors) / 3, alpha.error(), ROUNDING);
    assertEquals(alpha.value() / alpha.nullValue(), alpha.nullRatio(), ROUNDING);
    Measurement logDeterminant = one(rows, "spectral.log_det", "mlp.in");
    assertNull(logDeterminant.nullRatio(), "a signed invariant has no ratio");
    assertTrue(logDeterminant.detail().get("null_z") instanceof Double);
    assertEquals(6, of(parts, "spectral.gap", "attention.qk").size() + of(parts, "spectral.gap", "mlp.in").size());
  }

  @Test
  void spacingRatiosArePooledByTheirNumber() {
    Checkpoint model = SmallModels.gaussian(2);
    Settings settings = settings(NullModel.NONE);
    List<Findings> parts = measure(model, settings);
    double sum = 0;
    long count = 0;
    for (String role : List.of("attention.q", "mlp.in")) {
      for (Measurement row : of(parts, "spectral.spacing_ratio", role)) {
        long ratios = ((Number) row.detail().get("ratios")).longValue();
        sum += ratios * row.value();
        count += ratios;
      }
    }
    Measurement whole = one(FAMILY.summarise(model, parts, settings), "spectral.spacing_ratio", "model");
    assertEquals(sum / count, whole.value(), ROUNDING);
    assertEquals(count, whole.detail().get("ratios"));
  }

  /** Norms of layers 1 : 2, so squares 1 : 4, at depths ¼ and ¾. */
  @Test
  void depthNormWeighsLayersByTheirSquaredNorm() {
    Checkpoint model = SmallModels.withLayerScales(1, 2);
    Settings settings = settings(NullModel.GAUSSIAN);
    Measurement depth = one(
        FAMILY.summarise(model, measure(model, settings), settings), "spectral.depth_norm", "mlp.in");
    assertEquals((0.25 + 4 * 0.75) / 5, depth.value(), ROUNDING);
    assertEquals(0.5, depth.nullValue());
    assertEquals(2 * depth.value(), depth.nullRatio(), ROUNDING);
    assertFalse(FAMILY.summarise(model, measure(model, settings), settings).stream()
        .anyMatch(row -> row.invariant().equals("spectral.depth_norm") && row.role().equals("embedding.token")));
  }

  @ParameterizedTest
  @EnumSource(NullModel.class)
  void threadsAndOrderChangeNoBit(NullModel nulls) {
    Checkpoint model = SmallModels.gaussian(2);
    List<Findings> inOrder = measure(model, settings(nulls));
    List<Work> work = FAMILY.work(model, settings(nulls));
    List<Findings> shuffled = work.reversed().parallelStream().map(part -> part.measure(engine, 2)).toList().reversed();
    for (int i = 0; i < work.size(); i++) {
      assertEquals(inOrder.get(i).measurements(), shuffled.get(i).measurements());
      SortedMap<String, Array> spectra = inOrder.get(i).arrays();
      SortedMap<String, Array> others = shuffled.get(i).arrays();
      assertEquals(spectra.keySet(), others.keySet());
      spectra.forEach((name, spectrum) -> assertArrayEquals(spectrum.values(), others.get(name).values(), name));
    }
    assertEquals(
        FAMILY.summarise(model, inOrder, settings(nulls)), FAMILY.summarise(model, shuffled, settings(nulls)));
  }

  /** Noise is its own null: with 5 draws z has 4 degrees of freedom, and 13 is passed twice in 10,000. */
  @ParameterizedTest
  @EnumSource(names = {"GAUSSIAN", "PERMUTED"})
  void gaussianWeightsAreLikeEitherNull(NullModel nulls) {
    for (Findings part : measure(SmallModels.gaussian(2), settings(nulls))) {
      for (Measurement row : part.measurements()) {
        double deviation = (double) row.detail().get("null_sd");
        double gap = Math.abs(row.value() - row.nullValue());
        assertTrue(gap <= 13 * deviation + ROUNDING, row + " under " + nulls);
      }
    }
  }

  /** Mean over 40 draws each, read against the standard error of their difference: 4.5 of those. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp.in", "attention.qk"})
  void permutingGaussianEntriesIsDrawingThemAnew(String role) {
    Checkpoint model = SmallModels.gaussian(1);
    List<Findings> permuted = measure(model, settings(NullModel.PERMUTED, 40));
    List<Findings> gaussian = measure(model, settings(NullModel.GAUSSIAN, 40));
    for (SpectralInvariant invariant : SpectralFamily.INVARIANTS) {
      List<Measurement> found = of(permuted, invariant.info().id(), role);
      for (int i = 0; i < found.size(); i++) {
        Measurement other = of(gaussian, invariant.info().id(), role).get(i);
        double error = Math.hypot(
            (double) found.get(i).detail().get("null_sd"), (double) other.detail().get("null_sd")) / Math.sqrt(40);
        assertEquals(other.nullValue(), found.get(i).nullValue(), 4.5 * error + ROUNDING, invariant.info().id());
      }
    }
  }

  @Test
  void aMatrixWithNaNIsListedAndTheRestMeasured() {
    Checkpoint model = SmallModels.withNaN();
    Settings settings = settings(NullModel.GAUSSIAN);
    List<Findings> parts = measure(model, settings);
    List<Findings> unmeasured = parts.stream().filter(part -> !part.unmeasured().isEmpty()).toList();
    assertEquals(1, unmeasured.size());
    assertEquals("h.0.mlp.in", unmeasured.getFirst().unmeasured().getFirst().subject());
    assertTrue(unmeasured.getFirst().unmeasured().getFirst().reason().contains("NaN"));
    assertTrue(unmeasured.getFirst().measurements().isEmpty());
    Measurement rest = one(FAMILY.summarise(model, parts, settings), "spectral.stable_rank", "mlp.in");
    assertEquals(1, rest.detail().get("layers"));
  }

  @Test
  void aMatrixWhoseNormNoDoubleHoldsIsListed() {
    List<Findings> parts = measure(SmallModels.withLayerScales(4e307, 1e-3), settings(NullModel.GAUSSIAN));
    List<Unmeasured> unmeasured = parts.stream().flatMap(part -> part.unmeasured().stream()).toList();
    assertEquals(List.of("h.0.attn.q", "h.0.mlp.in"), unmeasured.stream().map(Unmeasured::subject).toList());
    for (Unmeasured part : unmeasured) {
      assertTrue(part.reason().contains("range of a double"), part.reason());
    }
    parts.stream().flatMap(part -> part.measurements().stream())
        .forEach(row -> assertTrue(Double.isFinite(row.value()), row.toString()));
  }

  @Test
  void aMatrixOfZerosIsNotApplicableThroughout() {
    Checkpoint model = SmallModels.withLayerScales(0, 0);
    Settings settings = settings(NullModel.GAUSSIAN);
    List<Findings> parts = measure(model, settings);
    for (Measurement row : of(parts, null, "mlp.in")) {
      assertNotApplicable(row, "zero");
    }
    for (Measurement row : FAMILY.summarise(model, parts, settings)) {
      if (row.role().equals("mlp.in")) {
        assertNotApplicable(row, "zero");
      }
    }
  }

  @Test
  void aVectorHasRanksButNoStatistics() {
    for (Measurement row : of(measure(SmallModels.vector(), settings(NullModel.GAUSSIAN)), null, "matrix")) {
      switch (row.invariant()) {
        case "spectral.gap", "spectral.alpha", "spectral.mp_sigma", "spectral.mp_spikes", "spectral.spacing_ratio" ->
            assertNotApplicable(row, "need");
        case "spectral.norm_mp_ratio" -> assertEquals(Math.sqrt(7) / (Math.sqrt(7) + 1), row.value(), ROUNDING);
        case "spectral.log_det" -> assertEquals(0, row.value(), ROUNDING);
        default -> assertEquals(1, row.value(), ROUNDING, row.invariant());
      }
    }
  }

  @Test
  void onlySelectedPartsAreWork() {
    Settings settings =
        new Settings(List.of("spectral"), Pattern.compile("mlp"), NullModel.NONE, 0, 1, Solver.AUTO);
    List<String> subjects =
        FAMILY.work(SmallModels.gaussian(2), settings).stream().map(Work::subject).toList();
    assertEquals(List.of("h.0.mlp.in", "h.1.mlp.in"), subjects);
  }

  @Test
  void withoutNullsThereIsNoNullValue() {
    for (Findings part : measure(SmallModels.gaussian(1), settings(NullModel.NONE))) {
      for (Measurement row : part.measurements()) {
        assertNull(row.nullValue());
        assertNull(row.nullRatio());
        assertFalse(row.detail().containsKey("null_draws"));
      }
    }
  }

  @Test
  void detailCarriesTheRawValues() {
    Measurement alpha = of(measure(SmallModels.gaussian(1), settings(NullModel.NONE)), "spectral.alpha", "mlp.in")
        .getFirst();
    assertTrue(alpha.detail().keySet().containsAll(List.of("ks", "x_min", "tail_count", "alpha_hat", "tail")));
    assertEquals(List.of("exponential", "log_normal", "truncated"),
        List.copyOf(((Map<?, ?>) alpha.detail().get("alternatives")).keySet()));
    Measurement rank = of(measure(SmallModels.gaussian(1), settings(NullModel.NONE)), "spectral.stable_rank", "mlp.in")
        .getFirst();
    assertEquals("gram", rank.detail().get("solver"));
  }

  private static void assertNotApplicable(Measurement row, String reason) {
    assertNull(row.value(), row.toString());
    assertNull(row.nullValue(), row.toString());
    assertTrue(row.detail().get("not_applicable").toString().contains(reason), row.toString());
  }

  private static List<Findings> measure(Checkpoint model, Settings settings) {
    return FAMILY.work(model, settings).stream().map(work -> work.measure(engine, 1)).toList();
  }

  private static Settings settings(NullModel nulls) {
    return settings(nulls, 5);
  }

  private static Settings settings(NullModel nulls, int draws) {
    return new Settings(List.of("spectral"), null, nulls, draws, 77, Solver.AUTO);
  }

  /** @param id null for all */
  private static List<Measurement> of(List<Findings> parts, String id, String role) {
    return parts.stream()
        .flatMap(part -> part.measurements().stream())
        .filter(row -> (id == null || row.invariant().equals(id)) && row.role().equals(role))
        .toList();
  }

  private static Measurement one(List<Measurement> rows, String id, String role) {
    List<Measurement> found =
        rows.stream().filter(row -> row.invariant().equals(id) && row.role().equals(role)).toList();
    assertEquals(1, found.size(), id + " of " + role);
    return found.getFirst();
  }

  private static double mean(Stream<Double> values) {
    return values.mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
