package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoints;
import org.scaleinv.model.OpenCheckpoint;
import org.scaleinv.support.LargeData;

/** A real sentence encoder against figures that two independent programs agree on; the note inside states how. */
@Tag("needs-minilm")
class MiniLmTest {
  private static final String FIGURES = "spectral-all-MiniLM-L6-v2.json";

  private static List<JsonNode> expected;
  private static final Map<String, Map<String, Measurement>> FOUND = new TreeMap<>();

  @BeforeAll
  static void measure() throws IOException {
    try (InputStream figures = MiniLmTest.class.getResourceAsStream(FIGURES)) {
      expected = new ObjectMapper().readTree(figures).get("rows").valueStream().toList();
    }
    Settings settings = new Settings(List.of("spectral"), null, NullModel.NONE, 0, 0, Solver.AUTO);
    try (Engine engine = new CpuEngine();
        OpenCheckpoint model = Checkpoints.open(LargeData.folder().resolve("all-MiniLM-L6-v2").toString())) {
      for (Work work : new SpectralFamily().work(model.checkpoint(), settings)) {
        for (Measurement row : work.measure(engine, 1).measurements()) {
          FOUND.computeIfAbsent(row.subject(), subject -> new TreeMap<>()).put(row.invariant(), row);
        }
      }
    }
  }

  @AfterAll
  static void forget() {
    FOUND.clear();
  }

  @Test
  void stableRanksAndNormsAgree() {
    for (JsonNode row : expected) {
      Measurement rank = FOUND.get(row.get("tensor").asText()).get("spectral.stable_rank");
      double size = row.get("M").asDouble();
      assertClose(row.get("stable_rank").asDouble(), rank.value() * size, 1e-6, row);
      double norm = (double) rank.detail().get("spectral_norm");
      assertClose(row.get("lambda_max").asDouble(), norm * norm, 1e-6, row);
      assertClose(row.get("frobenius_squared").asDouble(), (double) rank.detail().get("frobenius_squared"), 1e-6, row);
    }
  }

  /**
   * The reference drops eigenvalues σ² below 1e-5, which moves with the unit of the weights; our cut is relative. The
   * two cuts drop different numbers of eigenvalues from 21 of the 38 matrices, but all keep the same tail.
   */
  @Test
  void exponentsOfAllMatricesAgree() {
    assertEquals(38, expected.size());
    for (JsonNode row : expected) {
      Measurement alpha = FOUND.get(row.get("tensor").asText()).get("spectral.alpha");
      Map<String, Object> detail = alpha.detail();
      assertEquals(row.get("tail_count").asInt(), detail.get("tail_count"), row.get("tensor").asText());
      assertEquals(row.get("alpha").asDouble(), alpha.value(), 1e-4, row.get("tensor").asText());
      assertEquals(row.get("ks").asDouble(), (double) detail.get("ks"), 1e-4, row.get("tensor").asText());
      assertClose(row.get("alpha_standard_error").asDouble(), alpha.error(), 1e-4, row);
      assertClose(row.get("xmin").asDouble(), (double) detail.get("x_min") * row.get("N").asDouble(), 1e-6, row);
    }
  }

  private static void assertClose(double expected, double found, double relative, JsonNode row) {
    assertEquals(expected, found, relative * Math.abs(expected), row.get("tensor").asText());
  }
}
