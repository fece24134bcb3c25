package org.scaleinv.invariant.spectral;

import java.lang.foreign.Arena;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.invariant.Scope;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.model.WeightMatrix;
import org.scaleinv.model.nulls.GaussianNull;
import org.scaleinv.model.nulls.PermutedNull;
import org.scaleinv.tensor.Matrix;

/** What has a spectrum in a model: a weight matrix, or the product of a head's two factors. */
sealed interface Part {
  Scope scope();

  String subject();

  String role();

  /** Null where it belongs to none. */
  Integer layer();

  /** Null where it is no head's. */
  Integer head();

  Spectrum read(SpectrumReader reader, Solver solver, int threads);

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

  record OfMatrix(WeightMatrix weight) implements Part {
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
      return Spectrum.ofMatrix(reader.matrix(weight.matrix(), solver, threads));
    }

    @Override
    public Object shape() {
      return new MatrixShape(longSide(), shortSide());
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
  }

  record OfCircuit(HeadCircuit circuit) implements Part {
    @Override
    public Scope scope() {
      return Scope.HEAD;
    }

    @Override
    public String subject() {
      return circuit.subject();
    }

    @Override
    public String role() {
      return circuit.role();
    }

    @Override
    public Integer layer() {
      return circuit.layer();
    }

    @Override
    public Integer head() {
      return circuit.head();
    }

    @Override
    public Spectrum read(SpectrumReader reader, Solver solver, int threads) {
      return product(reader, circuit.left().matrix(), circuit.right().matrix());
    }

    @Override
    public Object shape() {
      return new ProductShape(circuit.left().outer(), circuit.right().outer(), circuit.left().inner());
    }

    @Override
    public Spectrum gaussian(GaussianNull source, int draw) {
      int inner = Math.toIntExact(circuit.left().inner());
      return Spectrum.ofProduct(source.product(circuit.left().outer(), circuit.right().outer(), inner, draw));
    }

    @Override
    public Spectrum permuted(SpectrumReader reader, Solver solver, int threads, long seed, int draw) {
      try (Arena arena = Arena.ofShared()) {
        Matrix left = PermutedNull.permute(circuit.left().matrix(), arena, seed, subject() + ".left", draw);
        Matrix right = PermutedNull.permute(circuit.right().matrix(), arena, seed, subject() + ".right", draw);
        return product(reader, left, right);
      }
    }

    /** Two triangles, their product, and its reduction. */
    @Override
    public double flops() {
      double inner = circuit.left().inner();
      return 2 * (circuit.left().outer() + circuit.right().outer()) * inner * inner + 5 * inner * inner * inner;
    }

    @Override
    public long workspace() {
      return 3 * Double.BYTES * circuit.left().inner() * circuit.left().inner();
    }

    @Override
    public long storedBytes() {
      return bytes(circuit.left()) + bytes(circuit.right());
    }

    private static long bytes(Factor factor) {
      return factor.outer() * factor.inner() * factor.matrix().dtype().bytes();
    }

    private Spectrum product(SpectrumReader reader, Matrix left, Matrix right) {
      return Spectrum.ofProduct(
          reader.product(left, circuit.left().transposed(), right, circuit.right().transposed()));
    }
  }

  record MatrixShape(long longSide, long shortSide) {}

  record ProductShape(long left, long right, long inner) {}
}
