package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.error.BadInput;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;

/** Reads one part's spectrum and measures every invariant on it. */
record SpectralWork(Part part, Settings settings, NullReference nulls) implements Work {
  static final String SPECTRUM = "spectrum/";

  /** Bytes of a panel as it is stored and as it is widened, as the engine reads matrices. */
  private static final long PANEL = 16L << 20;

  /** Rules that a part can break while the rest of the model is measured. */
  private static final Set<String> OF_THE_PART = Set.of("non-finite", "dtype-not-measured", "empty-matrix");

  @Override
  public String subject() {
    return part.subject();
  }

  @Override
  public double flops() {
    return part.flops() * spectra();
  }

  @Override
  public long bytes() {
    return PANEL + part.workspace() + (settings.nullModel() == NullModel.PERMUTED ? part.storedBytes() : 0);
  }

  @Override
  public Findings measure(Engine engine, int threads) {
    SpectrumReader reader = new StreamedSpectra(engine);
    Spectrum spectrum;
    try {
      spectrum = part.read(reader, settings.solver(), threads);
    } catch (BadInput e) {
      if (!OF_THE_PART.contains(e.rule())) {
        throw e;
      }
      return new Findings(List.of(), new TreeMap<>(), List.of(new Unmeasured(part.subject(), e.getMessage())));
    }
    Map<String, NullValue> nullValues = spectrum.isZero() ? Map.of() : nulls.of(part, engine, reader, threads);
    List<Measurement> rows = new ArrayList<>();
    for (SpectralInvariant invariant : SpectralFamily.of(spectrum)) {
      Outcome outcome = spectrum.isZero()
          ? Outcome.notApplicable("every singular value is zero")
          : invariant.of(spectrum);
      rows.add(new Row(invariant.info(), outcome, nullValues.get(invariant.info().id())).about(part));
    }
    var arrays = new TreeMap<>(Map.of(SPECTRUM + part.subject(), spectrum.singularValues()));
    return new Findings(List.copyOf(rows), arrays, List.of());
  }

  /** Decompositions of the part's size: Gaussian draws cost as little as the invariants. */
  private int spectra() {
    return settings.nullModel() == NullModel.PERMUTED ? 1 + settings.nullDraws() : 1;
  }
}
