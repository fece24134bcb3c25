package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.invariant.NullValue;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.invariant.Settings;
import org.scaleinv.model.nulls.GaussianNull;

/**
 * The values of all invariants under the null model, by id. The Gaussian null depends on the shape alone: each shape is
 * drawn once an engine and kept. Safe for use by several threads at once; who asks first, and when, does not change a
 * value.
 */
final class NullReference {
  private record Key(String engine, Object shape) {}

  private final Settings settings;
  private final Map<Key, SharedDraws<Map<String, Double>>> gaussian = new ConcurrentHashMap<>();

  NullReference(Settings settings) {
    this.settings = settings;
  }

  Map<String, NullValue> of(Part part, Engine engine, SpectrumReader reader, int threads) {
    return switch (settings.nullModel()) {
      case NONE -> Map.of();
      case GAUSSIAN -> {
        GaussianNull source = new GaussianNull(engine, settings.seed());
        yield pooled(
            gaussian
                .computeIfAbsent(new Key(engine.name(), part.shape()), key -> new SharedDraws<>(settings.nullDraws()))
                .all(draw -> values(part.gaussian(source, draw))));
      }
      case PERMUTED ->
          pooled(
              IntStream.range(0, settings.nullDraws())
                  .mapToObj(draw -> values(part.permuted(reader, settings.solver(), threads, settings.seed(), draw)))
                  .toList());
    };
  }

  /** The invariants that are applicable to a draw. */
  private static Map<String, Double> values(Spectrum spectrum) {
    Map<String, Double> values = new HashMap<>();
    if (spectrum.isZero()) {
      return values; // factors whose few entries no longer meet; the count of draws tells
    }
    for (SpectralInvariant invariant : SpectralFamily.of(spectrum)) {
      Outcome outcome = invariant.ofNull(spectrum);
      if (outcome.applicable()) {
        values.put(invariant.info().id(), outcome.value());
      }
    }
    return values;
  }

  private static Map<String, NullValue> pooled(List<Map<String, Double>> draws) {
    Map<String, List<Double>> byInvariant = new HashMap<>();
    draws.forEach(
        draw -> draw.forEach((id, value) -> byInvariant.computeIfAbsent(id, key -> new ArrayList<>()).add(value)));
    Map<String, NullValue> values = new HashMap<>();
    byInvariant.forEach((id, list) -> values.put(id, NullValue.of(list)));
    return values;
  }
}
