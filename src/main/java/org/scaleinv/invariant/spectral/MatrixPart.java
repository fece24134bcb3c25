package org.scaleinv.invariant.spectral;

import java.lang.foreign.Arena;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.invariant.Scope;
import org.scaleinv.model.WeightMatrix;
import org.scaleinv.model.nulls.GaussianNull;
import org.scaleinv.model.nulls.PermutedNull;
import org.scaleinv.tensor.Matrix;

/** A weight matrix, (rows, columns). */
record MatrixPart(WeightMatrix weight) implements Part {
  @Override
  public Scope scope() {
    return Scope.TENSOR;
  }

  @Override
  public String subject() {
    return weight.subject();
  }

  @Override
  public String role() {
    return weight.role();
  }

  @Override
  public Integer layer() {
    return weight.layer();
  }

  @Override
  public Integer head() {
    return null;
  }

  @Override
  public Spectrum read(SpectrumReader reader, Solver solver, int threads) {
    return Part.finite(Spectrum.ofMatrix(reader.matrix(weight.matrix(), solver, threads)), weight.matrix());
  }

  @Override
  public Object shape() {
    return new Shape(longSide(), shortSide());
  }

  @Override
  public Spectrum gaussian(GaussianNull source, int draw) {
    return Spectrum.ofMatrix(source.matrix(longSide(), shortSide(), draw));
  }

  @Override
  public Spectrum permuted(SpectrumReader reader, Solver solver, int threads, long seed, int draw) {
    try (Arena arena = Arena.ofShared()) {
      Matrix shuffled = PermutedNull.permute(weight.matrix(), arena, seed, subject(), draw);
      return Spectrum.ofMatrix(reader.matrix(shuffled, solver, threads));
    }
  }

  /** The Gram matrix, then tridiagonalisation. */
  @Override
  public double flops() {
    double m = shortSide();
    return longSide() * m * m + 4.0 / 3 * m * m * m;
  }

  @Override
  public long workspace() {
    return Double.BYTES * shortSide() * shortSide();
  }

  @Override
  public long storedBytes() {
    return longSide() * shortSide() * weight.matrix().dtype().bytes();
  }

  private long longSide() {
    return Math.max(weight.matrix().rows(), weight.matrix().columns());
  }

  private long shortSide() {
    return Math.min(weight.matrix().rows(), weight.matrix().columns());
  }

  private record Shape(long longSide, long shortSide) {}
}
