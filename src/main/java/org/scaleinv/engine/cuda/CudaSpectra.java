package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Spectra;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;

/**
 * Decompositions on the device: Gram matrices, symmetric eigenvalues, and triangles, singular values and vectors of
 * short sides up to 128. Every other operation, and longer short sides, are handed to the processor, operands too, and
 * counted by name.
 */
final class CudaSpectra implements Spectra {
  private static final int THREADS = 256;

  /** Four loads of a pair on their way. */
  private static final int ELEMENTS_A_THREAD = 8;

  /** Problems in a launch that fill a device of many multiprocessors, a block each. */
  private static final int BATCH = 256;

  private final CudaEngine engine;
  private final SmallSpectra small;
  private final SmallVectors vectors;

  CudaSpectra(CudaEngine engine) {
    this.engine = engine;
    small = new SmallSpectra(engine, () -> engine.device().sharedPerBlock(), SmallSpectra.MOST_SWEEPS);
    vectors = new SmallVectors(engine, () -> engine.device().sharedPerBlock(), SmallSpectra.MOST_SWEEPS);
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
  public int batch() {
    return BATCH;
  }

  @Override
  public void accumulateTriangle(Buffer triangle, Buffer panel, boolean acrossColumns) {
    if (triangle.rows() <= SmallSpectra.MOST) {
      accumulateTriangles(List.of(new TrianglePanel(triangle, panel, acrossColumns)));
      return;
    }
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
  public void accumulateTriangles(List<TrianglePanel> panels) {
    long order = same(panels.stream().map(each -> square(each.triangle())).toList()).rows();
    if (order > SmallSpectra.MOST) {
      panels.forEach(each -> accumulateTriangle(each.triangle(), each.panel(), each.acrossColumns()));
      return;
    }
    List<SmallSpectra.Panel> jobs = panels.stream().map(this::job).toList();
    engine.perform(
        () -> "QR decompositions of " + panels.size() + " panels of order " + order,
        () -> small.accumulateTriangles(jobs, order));
  }

  private SmallSpectra.Panel job(TrianglePanel each) {
    CudaBuffer triangle = square(each.triangle());
    CudaBuffer panel = panel(each.panel(), triangle, each.acrossColumns());
    long length = each.acrossColumns() ? panel.columns() : panel.rows();
    return new SmallSpectra.Panel(triangle.address(), panel.address(), length, each.acrossColumns());
  }

  @Override
  public Buffer triangleProduct(Buffer left, Buffer right) {
    return triangleProducts(List.of(left), List.of(right)).getFirst();
  }

  @Override
  public List<Buffer> triangleProducts(List<Buffer> left, List<Buffer> right) {
    List<CudaBuffer> all = Stream.concat(left.stream(), right.stream()).map(this::square).toList();
    long order = same(all).rows();
    List<Buffer> products = new ArrayList<>();
    return engine.perform(
        () -> left.size() + " products of triangles of order " + order,
        () -> {
          try {
            for (int i = 0; i < left.size(); i++) {
              products.add(engine.allocate(DType.F64, order, order));
            }
            small.triangleProducts(addresses(left), addresses(right), addresses(products), order);
            return products;
          } catch (RuntimeException failed) {
            throw CudaEngine.abandoned(() -> products.forEach(Buffer::close), failed);
          }
        });
  }

  @Override
  public double[] frobeniusNorms(List<Buffer> buffers) {
    CudaBuffer one = same(buffers.stream().map(this::doubles).toList());
    return engine.perform(
        () -> "norms of " + buffers.size() + " buffers " + one.describe(),
        () -> small.frobeniusNorms(addresses(buffers), one.size()));
  }

  @Override
  public double[] symmetricEigenvalues(Buffer symmetric) {
    CudaBuffer matrix = square(symmetric);
    return engine.perform(
        () -> "symmetric eigenvalues of " + matrix.describe(), () -> SymmetricEigenvalues.of(engine, matrix));
  }

  @Override
  public double[] singularValues(Buffer matrix) {
    return singularValues(List.of(matrix))[0];
  }

  @Override
  public double[][] singularValues(List<Buffer> matrices) {
    CudaBuffer one = same(matrices.stream().map(this::doubles).toList());
    if (Math.min(one.rows(), one.columns()) > SmallSpectra.MOST) {
      return matrices.stream()
          .map(matrix -> handOver("singularValues", doubles(matrix), Spectra::singularValues))
          .toArray(double[][]::new);
    }
    return singularValues(addresses(matrices), one.rows(), one.columns());
  }

  @Override
  public double[][] singularValues(Buffer matrices, int batch, int threads) {
    CudaBuffer stack = doubles(matrices);
    if (batch < 1 || stack.rows() % batch != 0) {
      throw new IllegalArgumentException(stack.describe() + " does not divide into " + batch + " matrices");
    }
    long rows = stack.rows() / batch;
    if (Math.min(rows, stack.columns()) > SmallSpectra.MOST) {
      return handOver("singularValues", stack, (cpu, there) -> cpu.singularValues(there, batch, threads));
    }
    long bytes = CudaBuffer.byteSize(DType.F64, rows, stack.columns());
    long[] addresses = LongStream.range(0, batch).map(i -> stack.address() + i * bytes).toArray();
    return singularValues(addresses, rows, stack.columns());
  }

  private double[][] singularValues(long[] matrices, long rows, long columns) {
    String each = CudaBuffer.describe(DType.F64, rows, columns);
    return engine.perform(
        () -> "singular values of " + matrices.length + " matrices " + each,
        () -> small.values(matrices, rows, columns, i -> "matrix " + i + " of " + matrices.length + ", " + each));
  }

  @Override
  public SingularVectors singularVectors(Buffer matrix) {
    CudaBuffer one = doubles(matrix);
    if (Math.min(one.rows(), one.columns()) > SmallSpectra.MOST) {
      return handOver("singularVectors", one, Spectra::singularVectors);
    }
    return engine.perform(
        () -> "singular vectors of " + one.describe(),
        () -> vectors.vectors(new long[] {one.address()}, one.rows(), one.columns(), i -> one.describe())[0]);
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

  private long[] addresses(List<Buffer> buffers) {
    return buffers.stream().mapToLong(buffer -> doubles(buffer).address()).toArray();
  }

  /** The first of buffers that all have one shape. */
  private static CudaBuffer same(List<CudaBuffer> buffers) {
    CudaBuffer first = buffers.getFirst();
    for (CudaBuffer buffer : buffers) {
      if (buffer.rows() != first.rows() || buffer.columns() != first.columns()) {
        throw new IllegalArgumentException("buffers " + first.describe() + " and " + buffer.describe() + " in a batch");
      }
    }
    return first;
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
