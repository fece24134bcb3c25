package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.engine.StreamedSpectra;
import org.scaleinv.error.BadInput;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.NullValue;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.invariant.Row;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.tensor.Tensor;

/** Reads the spectra of parts that share tensors and measures every invariant on each. */
record SpectralWork(String subject, List<Part> parts, Settings settings, NullReference nulls) implements Work {
  static final String SPECTRUM = "spectrum/";

  /** Bytes of a panel as it is stored and as it is widened, as the engine reads matrices. */
  private static final long PANEL = 16L << 20;

  @Override
  public double flops() {
    return parts.stream().mapToDouble(Part::flops).sum() * spectra();
  }

  @Override
  public long bytes() {
    long shared = parts.stream().flatMap(Part::shared).distinct().mapToLong(Tensor::byteSize).sum();
    return PANEL + shared + parts.stream().mapToLong(this::bytes).max().orElse(0);
  }

  private long bytes(Part part) {
    return part.workspace() + (settings.nullModel() == NullModel.PERMUTED ? part.storedBytes() : 0);
  }

  @Override
  public Findings measure(Engine engine, int threads) {
    List<Measurement> rows = new ArrayList<>();
    SortedMap<String, Array> arrays = new TreeMap<>();
    List<Unmeasured> unmeasured = new ArrayList<>();
    SpectrumReader reader = new StreamedSpectra(engine);
    try (SharedTensors shared = new SharedTensors()) {
      List<Part> held = parts.stream().map(part -> part.over(shared)).toList();
      List<Supplier<Spectrum>> spectra = Part.read(held, reader, settings.solver(), threads);
      for (int i = 0; i < held.size(); i++) {
        Part part = held.get(i);
        try {
          Spectrum spectrum = spectra.get(i).get();
          rows.addAll(measure(part, spectrum, nullValues(part, spectrum, engine, reader, threads)));
          arrays.put(SPECTRUM + part.subject(), Array.of(spectrum.singularValues()));
        } catch (BadInput e) {
          if (!Findings.concernsOnePart(e)) {
            throw e;
          }
          unmeasured.add(new Unmeasured(part.subject(), e.getMessage()));
        }
      }
    }
    return new Findings(List.copyOf(rows), arrays, List.copyOf(unmeasured));
  }

  private Map<String, NullValue> nullValues(
      Part part, Spectrum spectrum, Engine engine, SpectrumReader reader, int threads) {
    return spectrum.isZero() ? Map.of() : nulls.of(part, engine, reader, threads);
  }

  private static List<Measurement> measure(Part part, Spectrum spectrum, Map<String, NullValue> nullValues) {
    List<Measurement> rows = new ArrayList<>();
    for (SpectralInvariant invariant : SpectralFamily.of(spectrum)) {
      Outcome outcome = spectrum.isZero()
          ? Outcome.notApplicable("every singular value is zero")
          : invariant.of(spectrum);
      rows.add(new Row(invariant.info(), outcome, nullValues.get(invariant.info().id())).about(part.about()));
    }
    return rows;
  }

  /** Decompositions of the part's size: Gaussian draws cost as little as the invariants. */
  private int spectra() {
    return settings.nullModel() == NullModel.PERMUTED ? 1 + settings.nullDraws() : 1;
  }
}
