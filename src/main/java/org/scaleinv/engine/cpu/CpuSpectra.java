package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Function;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Spectra;
import org.scaleinv.tensor.DType;

/** Decompositions by the native engine and LAPACK. */
final class CpuSpectra implements Spectra {
  private final CpuEngine engine;

  CpuSpectra(CpuEngine engine) {
    this.engine = engine;
  }

  @Override
  public Buffer zeros(long order) {
    var square = new CpuBuffer(engine, DType.F64, order, order);
    square.elements().fill((byte) 0);
    return square;
  }

  @Override
  public void accumulateGram(Buffer gram, Buffer panel, boolean acrossColumns, int threads) {
    CpuBuffer sum = square(gram);
    CpuBuffer part = panel(panel, sum, acrossColumns);
    long length = acrossColumns ? part.columns() : part.rows();
    Native.check(
        Scaleinv.scaleinv_gram_accumulate(
            sum.elements(), sum.rows(), part.elements(), length, acrossColumns ? 1 : 0, threads),
        () -> "Gram matrix of a panel " + part.describe());
  }

  @Override
  public void accumulateTriangle(Buffer triangle, Buffer panel, boolean acrossColumns) {
    CpuBuffer upper = square(triangle);
    CpuBuffer part = panel(panel, upper, acrossColumns);
    long length = acrossColumns ? part.columns() : part.rows();
    Native.check(
        Scaleinv.scaleinv_triangle_accumulate(
            upper.elements(), upper.rows(), part.elements(), length, acrossColumns ? 1 : 0),
        () -> "QR decomposition of a panel " + part.describe());
  }

  @Override
  public boolean finite(Buffer buffer) {
    CpuBuffer elements = doubles(buffer);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ValueLayout.JAVA_INT);
      Native.check(
          Scaleinv.scaleinv_all_finite(elements.elements(), elements.size(), answer),
          () -> "check of a buffer " + elements.describe());
      return answer.get(ValueLayout.JAVA_INT, 0) != 0;
    }
  }

  @Override
  public Buffer triangleProduct(Buffer left, Buffer right) {
    CpuBuffer first = square(left);
    CpuBuffer second = square(right);
    if (first.rows() != second.rows()) {
      throw new IllegalArgumentException("triangles " + first.describe() + " and " + second.describe());
    }
    var product = new CpuBuffer(engine, DType.F64, first.rows(), first.rows());
    try {
      Native.check(
          Scaleinv.scaleinv_triangle_product(first.elements(), second.elements(), first.rows(), product.elements()),
          () -> "product of triangles " + first.describe());
      return product;
    } catch (RuntimeException failed) {
      product.close();
      throw failed;
    }
  }

  @Override
  public double[] symmetricEigenvalues(Buffer symmetric) {
    CpuBuffer matrix = square(symmetric);
    return withBlock(
        matrix.rows(),
        values -> {
          Native.check(
              Scaleinv.scaleinv_symmetric_eigenvalues(matrix.elements(), matrix.rows(), values),
              () -> "symmetric eigenvalues of " + matrix.describe());
          return Native.doubles(values, matrix.rows());
        });
  }

  @Override
  public double[] singularValues(Buffer matrix) {
    return singularValues(matrix, 1, 1)[0];
  }

  @Override
  public double[][] singularValues(Buffer matrices, int batch, int threads) {
    CpuBuffer stack = doubles(matrices);
    long rows = rowsEach(stack, batch);
    long count = Math.min(rows, stack.columns());
    return withBlock(
        batch * count,
        values -> {
          Native.check(
              Scaleinv.scaleinv_singular_values(stack.elements(), batch, rows, stack.columns(), values, threads),
              () -> "singular values of " + stack.describe() + " in " + batch);
          return split(Native.doubles(values, batch * count), batch);
        });
  }

  @Override
  public SingularVectors singularVectors(Buffer matrix) {
    CpuBuffer whole = doubles(matrix);
    long k = Math.min(whole.rows(), whole.columns());
    long leftSize = whole.rows() * k;
    long rightSize = k * whole.columns();
    return withBlock(
        k + leftSize + rightSize,
        block -> {
          MemorySegment left = block.asSlice(k * Double.BYTES);
          MemorySegment right = left.asSlice(leftSize * Double.BYTES);
          Native.check(
              Scaleinv.scaleinv_singular_vectors(whole.elements(), whole.rows(), whole.columns(), block, left, right),
              () -> "singular vectors of " + whole.describe());
          return new SingularVectors(
              Native.doubles(block, k), Native.doubles(left, leftSize), Native.doubles(right, rightSize));
        });
  }

  @Override
  public double[][] eigenvalues(Buffer matrices, int batch, int threads) {
    CpuBuffer stack = doubles(matrices);
    long order = rowsEach(stack, batch);
    if (order != stack.columns()) {
      throw new IllegalArgumentException(stack.describe() + " in " + batch + " are not square matrices");
    }
    return withBlock(
        2 * batch * order,
        pairs -> {
          Native.check(
              Scaleinv.scaleinv_general_eigenvalues(stack.elements(), batch, order, pairs, threads),
              () -> "eigenvalues of " + stack.describe() + " in " + batch);
          return split(Native.doubles(pairs, 2 * batch * order), batch);
        });
  }

  @Override
  public double[] bidiagonalSingularValues(double[] diagonal, double[] superdiagonal) {
    long order = diagonal.length;
    if (superdiagonal.length != Math.max(order - 1, 0)) {
      throw new IllegalArgumentException(
          "a superdiagonal of " + superdiagonal.length + " for a diagonal of " + diagonal.length);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(ValueLayout.JAVA_DOUBLE, order);
      Native.check(
          Scaleinv.scaleinv_bidiagonal_singular_values(
              arena.allocateFrom(ValueLayout.JAVA_DOUBLE, diagonal),
              arena.allocateFrom(ValueLayout.JAVA_DOUBLE, superdiagonal),
              order,
              values),
          () -> "singular values of a bidiagonal matrix of order " + order);
      return Native.doubles(values, order);
    }
  }

  private <T> T withBlock(long count, Function<MemorySegment, T> work) {
    MemorySegment block = engine.pool().take(count * Double.BYTES);
    try {
      return work.apply(block);
    } finally {
      engine.pool().give(block);
    }
  }

  private static double[][] split(double[] values, int batch) {
    int each = values.length / batch;
    double[][] parts = new double[batch][];
    for (int i = 0; i < batch; i++) {
      parts[i] = Arrays.copyOfRange(values, i * each, (i + 1) * each);
    }
    return parts;
  }

  private static long rowsEach(CpuBuffer stack, int batch) {
    if (batch < 1 || stack.rows() % batch != 0) {
      throw new IllegalArgumentException(stack.describe() + " does not divide into " + batch + " matrices");
    }
    return stack.rows() / batch;
  }

  private CpuBuffer doubles(Buffer buffer) {
    CpuBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F64) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F64 is needed");
    }
    return mine;
  }

  private CpuBuffer square(Buffer buffer) {
    CpuBuffer mine = doubles(buffer);
    if (mine.rows() != mine.columns()) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where a square one is needed");
    }
    return mine;
  }

  private CpuBuffer panel(Buffer buffer, CpuBuffer square, boolean acrossColumns) {
    CpuBuffer mine = doubles(buffer);
    if ((acrossColumns ? mine.rows() : mine.columns()) != square.rows()) {
      throw new IllegalArgumentException("a panel " + mine.describe() + " for a square of " + square.rows());
    }
    return mine;
  }
}
