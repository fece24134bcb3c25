package org.scaleinv.engine;

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
