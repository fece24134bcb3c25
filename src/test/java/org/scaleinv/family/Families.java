package org.scaleinv.family;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.scaleinv.engine.Solver;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;

/** Profiles made by hand. */
final class Families {
  static final Settings SETTINGS = settings(1);

  private Families() {}

  static Settings settings(long seed) {
    return new Settings(List.of("spectral"), null, NullModel.GAUSSIAN, 4, seed, Solver.values()[0]);
  }

  static Profile profile(String name, long n, Measurement... measurements) {
    return profile(model(name, "gpt2", n, name), SETTINGS, measurements);
  }

  static ModelSummary model(String name, String architecture, long n, String digest) {
    return new ModelSummary(name, name, architecture, 2 * n, n, null, null, null, "n" + n, digest);
  }

  static Profile profile(ModelSummary model, Settings settings, Measurement... measurements) {
    return new Profile(model, "cpu", settings, "", new TreeMap<>(), List.of(), List.of(measurements));
  }

  static Measurement row(String invariant, String role, Double value, Double nullValue) {
    return new Measurement(
        invariant, Scope.ROLE, role, role, null, null, value, null, nullValue, null, new TreeMap<>());
  }

  /** One invariant of one role, value by value. */
  static List<Profile> of(String invariant, long[] n, double[] values, double[] nulls) {
    List<Profile> profiles = new ArrayList<>();
    for (int i = 0; i < n.length; i++) {
      profiles.add(profile("m" + i, n[i], row(invariant, "mlp.in", values[i], nulls == null ? null : nulls[i])));
    }
    return profiles;
  }
}
