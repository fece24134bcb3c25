package org.scaleinv.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Dense decompositions in double precision. Buffers are F64.
 *
 * <p>The two accumulations let a matrix of any length be decomposed panel by panel, with memory for the short side
 * only. They add panels in the order they are given and give the same bits for any number of threads.
 */
public interface Spectra {
  /** A square buffer of zeros to accumulate into. */
  Buffer zeros(long order);

  /**
   * gram += panelᵀ·panel, or panel·panelᵀ. Only the lower triangle (row ≥ column) of {@code gram} is meaningful.
   *
   * @param panel (k, order), or (order, k) when {@code acrossColumns}
   * @param threads how many threads may work on it; does not change the result
   */
  void accumulateGram(Buffer gram, Buffer panel, boolean acrossColumns, int threads);

  /**
   * Replaces the upper triangle R by that of the QR decomposition of [R; panel], or of [R; panelᵀ]: after all panels
   * of A, RᵀR = AᵀA with no squaring of the condition number.
   *
   * @param panel (k, order), or (order, k) when {@code acrossColumns}; used up
   */
  void accumulateTriangle(Buffer triangle, Buffer panel, boolean acrossColumns);

  /** Whether no element is NaN or infinite. The decompositions below need finite elements. */
  boolean finite(Buffer buffer);

  /** left·rightᵀ of two square upper triangles: the core of a product, as a new (order, order) buffer. */
  Buffer triangleProduct(Buffer left, Buffer right);

  /** Eigenvalues of a symmetric matrix (lower triangle read), descending. The buffer's content is used up. */
  double[] symmetricEigenvalues(Buffer symmetric);

  /** Singular values, descending. The buffer's content is used up. */
  double[] singularValues(Buffer matrix);

  /**
   * Singular values, descending, of each matrix of a batch.
   *
   * @param matrices (batch·rows, columns): the matrices one below the other; used up
   */
  double[][] singularValues(Buffer matrices, int batch, int threads);

  // Many small problems at once, for engines that gain by it. What a batch gives is what each alone would give.

  /** How many problems the operations on lists take best at once; 1 where one at a time is as good. */
  default int batch() {
    return 1;
  }

  /** A panel to accumulate into a triangle, as {@link #accumulateTriangle} does. */
  record TrianglePanel(Buffer triangle, Buffer panel, boolean acrossColumns) {}

  /** {@link #accumulateTriangle} for each; all triangles are of one order, and none comes twice. */
  default void accumulateTriangles(List<TrianglePanel> panels) {
    panels.forEach(each -> accumulateTriangle(each.triangle(), each.panel(), each.acrossColumns()));
  }

  /** {@link #triangleProduct} for each pair; all triangles are of one order. */
  default List<Buffer> triangleProducts(List<Buffer> left, List<Buffer> right) {
    List<Buffer> products = new ArrayList<>();
    try {
      for (int i = 0; i < left.size(); i++) {
        products.add(triangleProduct(left.get(i), right.get(i)));
      }
      return products;
    } catch (RuntimeException failed) {
      products.forEach(Buffer::close);
      throw failed;
    }
  }

  /** Frobenius norm of each buffer, NaN or infinite where an element is; all have one size. */
  default double[] frobeniusNorms(List<Buffer> buffers) {
    return buffers.stream().mapToDouble(Spectra::frobeniusNorm).toArray();
  }

  private static double frobeniusNorm(Buffer buffer) {
    try (Arena arena = Arena.ofConfined()) {
      long size = buffer.rows() * buffer.columns();
      MemorySegment host = arena.allocate(ValueLayout.JAVA_DOUBLE, size);
      buffer.engine().download(buffer, host);
      double sum = 0;
      for (long i = 0; i < size; i++) {
        double entry = host.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        sum += entry * entry;
      }
      return Math.sqrt(sum);
    }
  }

  /** {@link #singularValues(Buffer)} of each; all have one shape. */
  default double[][] singularValues(List<Buffer> matrices) {
    return matrices.stream().map(this::singularValues).toArray(double[][]::new);
  }

  /** Thin singular value decomposition. The buffer's content is used up. */
  SingularVectors singularVectors(Buffer matrix);

  /**
   * Eigenvalues of each general matrix of a batch, in the order LAPACK's dgeev gives them.
   *
   * @param matrices (batch·order, order): the matrices one below the other; used up
   * @return (batch, 2·order): real and imaginary parts in turn
   */
  double[][] eigenvalues(Buffer matrices, int batch, int threads);

  /**
   * Singular values, descending, of the upper bidiagonal matrix with the given diagonal and superdiagonal.
   *
   * @param superdiagonal one shorter than the diagonal
   */
  double[] bidiagonalSingularValues(double[] diagonal, double[] superdiagonal);

  /**
   * A = left · diag(values) · right.
   *
   * @param left (rows, k) row-major, k = min(rows, columns)
   * @param right (k, columns) row-major
   */
  record SingularVectors(double[] values, double[] left, double[] right) {}
}
