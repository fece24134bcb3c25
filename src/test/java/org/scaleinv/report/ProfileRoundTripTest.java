package org.scaleinv.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.run.Profiles;

class ProfileRoundTripTest {
  private static final long SEED = 11;
  private static final String DIGEST = "0".repeat(64);

  /** Doubles of every exponent, and the strangest names. */
  private static Profile strange() {
    Random random = new Random(SEED);
    List<Measurement> rows = new ArrayList<>();
    for (String subject : new String[] {"", "\0", "a,\"b\"\n", "../../x", "\u202ereversed", "ключ"}) {
      double value = Double.longBitsToDouble(random.nextLong());
      rows.add(
          Profiles.row(subject, value, new TreeMap<>(Map.of("k", List.of(1, 2.5, "x"), "map", Map.of("a", true)))));
    }
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0}) {
      rows.add(Profiles.row("w", value, new TreeMap<>()));
    }
    rows.add(Profiles.row("w", null, new TreeMap<>(Map.of("not_applicable", "too small"))));
    return Profiles.profile(DIGEST, rows);
  }

  private static String json(Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProfileFiles.writeJson(profile, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsReadIsWhatWasWritten(@TempDir Path folder) throws IOException {
    Profile profile = strange();
    Path file = Files.writeString(folder.resolve("profile.json"), json(profile));
    Profile read = ProfileReader.read(file);
    assertEquals(profile.measurements(), read.measurements(), "seed " + SEED);
    assertEquals(profile.model(), read.model());
    assertEquals(profile.unmeasured(), read.unmeasured());
    assertEquals(profile.provenance(), read.provenance());
    assertEquals(SettingsForm.of(profile.settings()), SettingsForm.of(read.settings()));
    assertEquals(json(profile), json(read));
  }

  @Test
  void theTableHasARecordForEachRowWhateverTensorsAreCalled() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProfileFiles.writeCsv(strange(), out);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(strange().measurements().size() + 1, lines.size());
    assertTrue(lines.get(3).contains("\"a,\"\"b\"\"\\u000a\""), lines.get(3));
    assertTrue(lines.getLast().endsWith(",,,,,\"{\"\"not_applicable\"\":\"\"too small\"\"}\""), lines.getLast());
  }

  @Test
  void theSchemaRefusesWhatTheFormatForbids() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (String field : List.of("format", "arrays", "measurements", "provenance")) {
      ObjectNode profile = (ObjectNode) mapper.readTree(json(Profiles.profile(DIGEST, Profiles.rows(1, 1))));
      profile.remove(field);
      assertTrue(!Schemas.faults("profile", profile).isEmpty(), field);
    }
    String silent = json(Profiles.profile(DIGEST, List.of(Profiles.row("w", null, new TreeMap<>()))));
    assertTrue(Schemas.faults("profile", mapper.readTree(silent)).toString().contains("not_applicable"), silent);
  }
}
