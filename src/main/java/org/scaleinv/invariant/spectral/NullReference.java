package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.invariant.Settings;
import org.scaleinv.model.nulls.GaussianNull;

/**
 * The values of all invariants under the null model, by id. The Gaussian null depends on the shape alone: each shape is
 * drawn once and kept. Safe for use by several threads at once; who asks first, and when, does not change a value.
 */
final class NullReference {
  private final Settings settings;
  private final Map<Object, Map<String, NullValue>> gaussian = new ConcurrentHashMap<>();

  NullReference(Settings settings) {
    this.settings = settings;
  }

  Map<String, NullValue> of(Part part, Engine engine, SpectrumReader reader, int threads) {
    return switch (settings.nullModel()) {
      case NONE -> Map.of();
      case GAUSSIAN -> {
        GaussianNull source = new GaussianNull(engine, settings.seed());
        yield gaussian.computeIfAbsent(part.shape(), shape -> values(draw -> part.gaussian(source, draw)));
      }
      case PERMUTED ->
        values(draw -> part.permuted(reader, settings.solver(), threads, settings.seed(), draw));
    };
  }

  private Map<String, NullValue> values(IntFunction<Spectrum> draws) {
    Map<String, List<Double>> byInvariant = new HashMap<>();
    for (int draw = 0; draw < settings.nullDraws(); draw++) {
      Spectrum spectrum = draws.apply(draw);
      if (spectrum.isZero()) {
        continue; // factors whose few entries no longer meet; the count of draws tells
      }
      for (SpectralInvariant invariant : SpectralFamily.of(spectrum)) {
        Outcome outcome = invariant.ofNull(spectrum);
        if (outcome.applicable()) {
          byInvariant.computeIfAbsent(invariant.info().id(), id -> new ArrayList<>()).add(outcome.value());
        }
      }
    }
    Map<String, NullValue> values = new HashMap<>();
    byInvariant.forEach((id, list) -> values.put(id, NullValue.of(list)));
    return values;
  }
}
