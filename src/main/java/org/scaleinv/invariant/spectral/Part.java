package org.scaleinv.invariant.spectral;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Subject;
import org.scaleinv.model.nulls.GaussianNull;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Tensor;

/** What has a spectrum in a model: a weight matrix, or the product of a head's two factors. */
sealed interface Part permits MatrixPart, CircuitPart {
  Scope scope();

  default Subject about() {
    return new Subject(scope(), subject(), role(), layer(), head());
  }

  String subject();

  String role();

  /** Null where it belongs to none. */
  Integer layer();

  /** Null where it is no head's. */
  Integer head();

  /** Tensors that it shares with the other parts of its work, and that are worth holding in memory. */
  default Stream<Tensor> shared() {
    return Stream.empty();
  }

  /** The same part, its shared tensors held in memory. */
  default Part over(SharedTensors shared) {
    return this;
  }

  /**
   * The part's spectrum.
   *
   * @throws BadInput rule "non-finite" when an entry is NaN or infinite, or the largest singular value passes the range
   *     of a double
   */
  Spectrum read(SpectrumReader reader, Solver solver, int threads);

  /** The spectra of several parts, those of heads together where the engine gains by it; see {@link #read}. */
  static List<Supplier<Spectrum>> read(List<Part> parts, SpectrumReader reader, Solver solver, int threads) {
    List<CircuitPart> heads =
        parts.stream().filter(CircuitPart.class::isInstance).map(CircuitPart.class::cast).toList();
    Iterator<Supplier<Spectrum>> products = CircuitPart.read(heads, reader).iterator();
    return parts.stream()
        .<Supplier<Spectrum>>map(
            part -> part instanceof CircuitPart ? products.next() : () -> part.read(reader, solver, threads))
        .toList();
  }

  /** The spectrum, read from {@code matrix} among others, where a double can hold it. */
  static Spectrum finite(Spectrum spectrum, Matrix matrix) {
    if (spectrum.size() > 0 && Double.isInfinite(spectrum.singularValues()[0])) {
      throw new BadInput(
          "non-finite",
          matrix.tensor().origin() + ": tensor " + Escape.quoted(matrix.tensor().name())
              + ": largest singular value infinite, expected one within the range of a double");
    }
    return spectrum;
  }

  /** Equal for parts that have the same Gaussian null. */
  Object shape();

  Spectrum gaussian(GaussianNull source, int draw);

  /** The spectrum with the entries of each matrix in random order; holds those matrices in memory meanwhile. */
  Spectrum permuted(SpectrumReader reader, Solver solver, int threads, long seed, int draw);

  /** Floating-point operations of one {@link #read}. */
  double flops();

  /** Bytes of working memory of one {@link #read}, panels left out. */
  long workspace();

  /** Bytes of the entries as they are stored. */
  long storedBytes();
}
