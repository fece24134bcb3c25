package org.scaleinv.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.scaleinv.engine.Solver;
import org.scaleinv.family.Profile;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;

/** Profiles made by hand. */
public final class Profiles {
  private Profiles() {}

  public static Profile profile(String arraysDigest, List<Measurement> rows) {
    return new Profile(
        new ModelSummary("m", "models/m", "unknown", 12, 10, null, 3, null, "?x3/10#00000000", "d".repeat(64)),
        "cpu",
        new Settings(List.of("spectral"), Pattern.compile("a\\.b"), NullModel.PERMUTED, 3, -7, Solver.QR),
        arraysDigest,
        new TreeMap<>(Map.of("version", "0.1.0", "threads", 2)),
        List.of(new Unmeasured("bias \"x\"", "no matrix")),
        rows);
  }

  public static List<Measurement> rows(int count, double value) {
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row("w." + i, value, new TreeMap<>()));
    }
    return rows;
  }

  public static Measurement row(String subject, Double value, TreeMap<String, Object> detail) {
    return new Measurement("spectral.gap", Scope.TENSOR, subject, "matrix", 0, null, value, null, null, null, detail);
  }
}
