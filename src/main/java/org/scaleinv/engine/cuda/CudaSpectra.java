package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BiFunction;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Spectra;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;

/**
 * Gram matrices, symmetric eigenvalues and the search for special values on the device; every other operation is handed to the processor,
 * its operands with it, and counted by name.
 */
final class CudaSpectra implements Spectra {
  private static final int THREADS = 256;

  /** Four loads of a pair on their way. */
  private static final int ELEMENTS_A_THREAD = 8;

  private final CudaEngine engine;

  CudaSpectra(CudaEngine engine) {
    this.engine = engine;
  }

  @Override
  public Buffer zeros(long order) {
    return engine.perform(
        () -> "zeros of " + CudaBuffer.describe(DType.F64, order, order),
        () -> engine.allocateZeros(DType.F64, order, order));
  }

  @Override
  public void accumulateGram(Buffer gram, Buffer panel, boolean acrossColumns, int threads) {
    CudaBuffer sum = square(gram);
    CudaBuffer part = panel(panel, sum, acrossColumns);
    long length = acrossColumns ? part.columns() : part.rows();
    engine.perform(
        () -> "Gram matrix of a panel " + part.describe(),
        () -> engine.blas().accumulateGram(sum.address(), sum.rows(), part.address(), length, acrossColumns));
  }

  @Override
  public boolean finite(Buffer buffer) {
    CudaBuffer elements = doubles(buffer);
    return engine.perform(
        () -> "check of a buffer " + elements.describe(),
        () -> {
          try (CudaBuffer special = engine.allocateZeros(DType.I32, 1, 1);
              Arena arena = Arena.ofConfined()) {
            engine
                .kernels()
                .launch(
                    "find_special",
                    ElementGrid.of(elements.size(), THREADS, ELEMENTS_A_THREAD),
                    0,
                    elements.address(),
                    elements.size(),
                    special.address());
            MemorySegment found = arena.allocate(ValueLayout.JAVA_INT);
            engine.download(special, found);
            return found.get(ValueLayout.JAVA_INT, 0) == 0;
          }
        });
  }

  @Override
  public void accumulateTriangle(Buffer triangle, Buffer panel, boolean acrossColumns) {
    CudaBuffer upper = square(triangle);
    CudaBuffer part = panel(panel, upper, acrossColumns);
    CpuEngine cpu = engine.cpu("accumulateTriangle");
    try (Buffer upperThere = copied(upper, cpu);
        Buffer partThere = copied(part, cpu)) {
      cpu.spectra().accumulateTriangle(upperThere, partThere, acrossColumns);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment host = arena.allocate(upper.byteSize(), Double.BYTES);
        cpu.download(upperThere, host);
        engine.overwrite(upper, host);
      }
    }
  }

  @Override
  public Buffer triangleProduct(Buffer left, Buffer right) {
    CudaBuffer first = square(left);
    CudaBuffer second = square(right);
    if (first.rows() != second.rows()) {
      throw new IllegalArgumentException("triangles " + first.describe() + " and " + second.describe());
    }
    CpuEngine cpu = engine.cpu("triangleProduct");
    try (Buffer firstThere = copied(first, cpu);
        Buffer secondThere = copied(second, cpu);
        Buffer product = cpu.spectra().triangleProduct(firstThere, secondThere);
        Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(first.byteSize(), Double.BYTES);
      cpu.download(product, host);
      return engine.upload(host, DType.F64, first.rows(), first.columns());
    }
  }

  @Override
  public double[] symmetricEigenvalues(Buffer symmetric) {
    CudaBuffer matrix = square(symmetric);
    return engine.perform(
        () -> "symmetric eigenvalues of " + matrix.describe(), () -> SymmetricEigenvalues.of(engine, matrix));
  }

  @Override
  public double[] singularValues(Buffer matrix) {
    return handOver("singularValues", doubles(matrix), Spectra::singularValues);
  }

  @Override
  public double[][] singularValues(Buffer matrices, int batch, int threads) {
    return handOver("singularValues", doubles(matrices), (cpu, stack) -> cpu.singularValues(stack, batch, threads));
  }

  @Override
  public SingularVectors singularVectors(Buffer matrix) {
    return handOver("singularVectors", doubles(matrix), Spectra::singularVectors);
  }

  @Override
  public double[][] eigenvalues(Buffer matrices, int batch, int threads) {
    return handOver("eigenvalues", doubles(matrices), (cpu, stack) -> cpu.eigenvalues(stack, batch, threads));
  }

  @Override
  public double[] bidiagonalSingularValues(double[] diagonal, double[] superdiagonal) {
    return engine
        .cpu("bidiagonalSingularValues")
        .spectra()
        .bidiagonalSingularValues(diagonal, superdiagonal);
  }

  private <T> T handOver(String operation, CudaBuffer matrix, BiFunction<Spectra, Buffer, T> work) {
    CpuEngine cpu = engine.cpu(operation);
    try (Buffer there = copied(matrix, cpu)) {
      return work.apply(cpu.spectra(), there);
    }
  }

  private Buffer copied(CudaBuffer buffer, CpuEngine cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(buffer.byteSize(), Double.BYTES);
      engine.download(buffer, host);
      return cpu.upload(host, buffer.dtype(), buffer.rows(), buffer.columns());
    }
  }

  private CudaBuffer doubles(Buffer buffer) {
    CudaBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F64) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F64 is needed");
    }
    return mine;
  }

  private CudaBuffer square(Buffer buffer) {
    CudaBuffer mine = doubles(buffer);
    if (mine.rows() != mine.columns()) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where a square one is needed");
    }
    return mine;
  }

  private CudaBuffer panel(Buffer buffer, CudaBuffer square, boolean acrossColumns) {
    CudaBuffer mine = doubles(buffer);
    if ((acrossColumns ? mine.rows() : mine.columns()) != square.rows()) {
      throw new IllegalArgumentException("a panel " + mine.describe() + " for a square of " + square.rows());
    }
    return mine;
  }
}
