package org.scaleinv.invariant.spectral;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scaleinv.engine.SingularSpectrum;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.SpectrumReader;
import org.scaleinv.engine.SpectrumReader.Product;
import org.scaleinv.invariant.Scope;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.model.nulls.GaussianNull;
import org.scaleinv.model.nulls.PermutedNull;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Tensor;

/** A head's product left·rightᵀ of an (n, d) and an (m, d) factor. */
record CircuitPart(HeadCircuit circuit) implements Part {
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
  public Part over(SharedTensors shared) {
    return new CircuitPart(new HeadCircuit(
        circuit.subject(), circuit.role(), circuit.layer(), circuit.head(), held(circuit.left(), shared),
        held(circuit.right(), shared)));
  }

  private static Factor held(Factor factor, SharedTensors shared) {
    return new Factor(shared.over(factor.matrix()), factor.transposed());
  }

  @Override
  public Stream<Tensor> shared() {
    return Stream.of(circuit.left(), circuit.right()).map(Factor::matrix).filter(SharedTensors::scattered)
        .map(Matrix::tensor);
  }

  @Override
  public Spectrum read(SpectrumReader reader, Solver solver, int threads) {
    return product(reader, circuit.left().matrix(), circuit.right().matrix());
  }

  static List<Supplier<Spectrum>> read(List<CircuitPart> heads, SpectrumReader reader) {
    List<Supplier<SingularSpectrum>> products =
        reader.products(heads.stream().map(head -> factors(head.circuit.left(), head.circuit.right())).toList());
    return IntStream.range(0, heads.size())
        .<Supplier<Spectrum>>mapToObj(i -> () -> Part.finite(
            Spectrum.ofProduct(products.get(i).get()), heads.get(i).circuit.left().matrix()))
        .toList();
  }

  private static Product factors(Factor left, Factor right) {
    return new Product(left.matrix(), left.transposed(), right.matrix(), right.transposed());
  }

  @Override
  public Object shape() {
    return new Shape(circuit.left().outer(), circuit.right().outer(), circuit.left().inner());
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
    Spectrum spectrum = Spectrum.ofProduct(
        reader.product(left, circuit.left().transposed(), right, circuit.right().transposed()));
    return Part.finite(spectrum, left);
  }

  private record Shape(long left, long right, long inner) {}
}
