package org.scaleinv.model.clouds;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Spectra.SingularVectors;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.tensor.DType;

/**
 * The heads of a model, each the (n, m) product of its two factors as one vector: a change of basis inside a head changes
 * the factors and not the product.
 *
 * <p>The products are never formed. Their inner products are ⟨L_i R_iᵀ, L_j R_jᵀ⟩ = Σ (L_iᵀL_j) ∘ (R_iᵀR_j), from the Gram
 * matrices of left and of right factors side by side; points with these inner products have the products' distances
 * (Gower, Biometrika 53, 1966).
 */
public record HeadCloud(String role, List<HeadCircuit> circuits) implements Cloud {
  /** Heads at most: their products take heads²·inner²·outer operations. */
  private static final int MOST_HEADS = 256;

  private static final long MOST_COORDINATES = 4096;

  /** Columns of factors whose Gram matrix is held at one time: half of them, 134 MB. */
  private static final long BLOCK = 2048;

  @Override
  public String subject() {
    return "heads." + role.substring(role.indexOf('.') + 1);
  }

  /** Heads of all layers together. */
  @Override
  public Integer layer() {
    return null;
  }

  @Override
  public long size() {
    return circuits.size();
  }

  /** Those of a product, as far as they are kept: more would change no distance and hardly a null cloud. */
  @Override
  public long coordinates() {
    HeadCircuit first = circuits.getFirst();
    return Math.max(circuits.size(), Math.min(MOST_COORDINATES, first.left().outer() * first.right().outer()));
  }

  /** A triangle of the Gram matrices of the factors for every block, and of two blocks together for every two. */
  @Override
  public double flops() {
    double order = (double) block() * circuits.getFirst().left().inner();
    double blocks = Math.ceil((double) Math.min(MOST_HEADS, size()) / block());
    return (blocks + 2 * blocks * (blocks - 1)) * order * order * outer();
  }

  /** Two Gram matrices and two copies of one, and the factors of one side twice. */
  @Override
  public long bytes() {
    long order = Math.min(2L * block(), Math.min(MOST_HEADS, size())) * circuits.getFirst().left().inner();
    return (4 * order + 2 * outer()) * order * Double.BYTES;
  }

  private long outer() {
    return circuits.getFirst().left().outer() + circuits.getFirst().right().outer();
  }

  /** Heads whose factors are taken at one time. */
  private int block() {
    return (int) Math.clamp(BLOCK / circuits.getFirst().left().inner(), 1, Math.min(MOST_HEADS, size()));
  }

  @Override
  public Sample sample(Engine engine, int most, long seed, int threads) {
    int all = circuits.size();
    int[] chosen = Orders.draw(Math.min(Math.min(most, MOST_HEADS), all), all, seed, "heads", all);
    List<HeadCircuit> heads = Arrays.stream(chosen).mapToObj(circuits::get).toList();
    double[] products = new double[heads.size() * heads.size()];
    int block = block();
    for (int i = 0; i < heads.size(); i += block) {
      for (int j = 0; j <= i; j += block) {
        fill(engine, heads, i, j, block, products, threads);
      }
    }
    return new Sample(embedded(engine, products, heads.size()), chosen, new TreeMap<>());
  }

  /** The products of the heads from i on with those from j on, {@code block} of each. */
  private static void fill(
      Engine engine, List<HeadCircuit> heads, int i, int j, int block, double[] products, int threads) {
    int inner = Math.toIntExact(heads.getFirst().left().inner());
    List<HeadCircuit> those = new ArrayList<>(heads.subList(j, Math.min(j + block, heads.size())));
    int offset = i == j ? 0 : those.size();
    if (i != j) {
      those.addAll(heads.subList(i, Math.min(i + block, heads.size())));
    }
    double[] left = gram(engine, those.stream().map(HeadCircuit::left).toList(), threads);
    double[] right = gram(engine, those.stream().map(HeadCircuit::right).toList(), threads);
    for (int row = offset; row < those.size(); row++) {
      for (int column = 0; column < (i == j ? row + 1 : offset); column++) {
        double product = product(left, right, those.size(), inner, row, column);
        int first = i + row - offset;
        int second = j + column;
        products[first * heads.size() + second] = product;
        products[second * heads.size() + first] = product;
      }
    }
  }

  /** FᵀF of factors F side by side, (factors·inner, factors·inner), row-major, lower triangle. */
  private static double[] gram(Engine engine, List<Factor> factors, int threads) {
    int outer = Math.toIntExact(factors.getFirst().outer());
    int inner = Math.toIntExact(factors.getFirst().inner());
    double[] rows = new double[factors.size() * inner * outer];
    int[] every = Orders.all(inner);
    for (int i = 0; i < factors.size(); i++) {
      Factor factor = factors.get(i);
      double[] points = PointReader.read(engine, factor.matrix(), !factor.transposed(), every).values();
      System.arraycopy(points, 0, rows, i * inner * outer, inner * outer);
    }
    long order = (long) factors.size() * inner;
    try (Buffer panel = engine.upload(MemorySegment.ofArray(rows), DType.F64, order, outer);
        Buffer gram = engine.spectra().zeros(order)) {
      engine.spectra().accumulateGram(gram, panel, true, threads);
      return download(engine, gram);
    }
  }

  private static double[] download(Engine engine, Buffer buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_DOUBLE, buffer.rows() * buffer.columns());
      engine.download(buffer, host);
      return host.toArray(ValueLayout.JAVA_DOUBLE);
    }
  }

  private static double product(double[] left, double[] right, int heads, int inner, int i, int j) {
    int order = heads * inner;
    double sum = 0;
    for (int a = 0; a < inner; a++) {
      for (int b = 0; b < inner; b++) {
        // only row ≥ column is there: within a head's own block the other half is its mirror
        int row = Math.max(i * inner + a, j * inner + b);
        int column = Math.min(i * inner + a, j * inner + b);
        sum += left[row * order + column] * right[row * order + column];
      }
    }
    return sum;
  }

  /** U·√Λ of the symmetric matrix UΛUᵀ ≥ 0. */
  private PointCloud embedded(Engine engine, double[] products, int heads) {
    int coordinates = Math.toIntExact(coordinates());
    try (Buffer matrix = engine.upload(MemorySegment.ofArray(products), DType.F64, heads, heads)) {
      SingularVectors decomposed = engine.spectra().singularVectors(matrix);
      double[] values = new double[heads * coordinates];
      for (int i = 0; i < heads; i++) {
        for (int k = 0; k < heads; k++) {
          values[i * coordinates + k] = decomposed.left()[i * heads + k] * Math.sqrt(decomposed.values()[k]);
        }
      }
      return new PointCloud(heads, coordinates, values);
    }
  }
}
