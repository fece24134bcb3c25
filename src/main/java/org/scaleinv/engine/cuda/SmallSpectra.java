package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.scaleinv.tensor.DType;

/**
 * Triangles and singular values of small matrices by {@code kernels/qr.cu} and {@code kernels/singular_values.cu}, a
 * block each, all of a batch in one launch. Every method runs inside {@link CudaEngine#perform}.
 */
final class SmallSpectra {
  /** The longest short side that the kernels take. */
  static final int MOST = 128;

  /** Four times what the hardest matrices of the trials took (kernels/singular_values.cu). */
  static final int MOST_SWEEPS = 40;

  /** What the kernels keep in shared memory beside the matrices. */
  static final int SHARED_BESIDE = 6 << 10;

  /** Of a block, at most. */
  private static final int THREADS = 256;
  private static final int TILE = 16;

  /** Threads of a warp. */
  private static final int LANES = 32;

  /** Lanes that take a column of a panel. */
  private static final int COLUMN_LANES = 8;

  /** Every group finds the reflection for itself, which more groups than this gives would do in vain. */
  private static final int COLUMNS_A_GROUP = 4;

  /** Rows of a panel at a time are a multiple of it, for columns on different banks (kernels/qr.cu). */
  private static final int CHUNK_STEP = 16;

  /** Sixteen for each lane. */
  private static final int MOST_CHUNK_ROWS = 16 * COLUMN_LANES;

  private final CudaEngine engine;
  private final IntSupplier sharedPerBlock;
  private final int mostSweeps;

  /** @param sharedPerBlock bytes of shared memory that a block may have; what does not fit lies in global memory */
  SmallSpectra(CudaEngine engine, IntSupplier sharedPerBlock, int mostSweeps) {
    this.engine = engine;
    this.sharedPerBlock = sharedPerBlock;
    this.mostSweeps = mostSweeps;
  }

  /** A triangle's address, a panel's, how long the panel is, and whether it lies across. */
  record Panel(long triangle, long panel, long length, boolean across) {}

  void accumulateTriangles(List<Panel> panels, long order) {
    long[] jobs =
        panels.stream()
            .flatMapToLong(each -> Arrays.stream(
                new long[] {each.triangle, each.panel, each.length, each.across ? 1 : 0}))
            .toArray();
    int rows = chunkRows(order);
    int bytes = Math.toIntExact(order * (rows + COLUMN_LANES) * Double.BYTES);
    long threads = Math.ceilDiv(Math.ceilDiv(order, COLUMNS_A_GROUP) * COLUMN_LANES, LANES) * LANES;
    try (CudaBuffer table = table(jobs)) {
      launch("accumulate_triangles", Driver.Grid.of(panels.size(), (int) threads), bytes, table.address(), order, rows);
    }
  }

  /** By the order alone, so that a panel's bits do not depend on what else is in its batch. */
  private int chunkRows(long order) {
    long room = sharedForMatrices() / Double.BYTES / order - COLUMN_LANES;
    return Math.toIntExact(Math.min(room / CHUNK_STEP * CHUNK_STEP, MOST_CHUNK_ROWS));
  }

  void triangleProducts(long[] left, long[] right, long[] products, long order) {
    long tiles = Math.ceilDiv(order, TILE);
    try (CudaBuffer table = table(interleaved(left, right, products))) {
      launch("triangle_products", Driver.Grid.of(tiles * tiles, left.length, THREADS, 1), 0, table.address(), order);
    }
  }

  double[] frobeniusNorms(long[] buffers, long elements) {
    try (CudaBuffer table = table(buffers);
        CudaBuffer norms = engine.allocate(DType.F64, 1, buffers.length)) {
      launch("frobenius_norms", Driver.Grid.of(buffers.length, THREADS), 0, table.address(), elements, norms.address());
      return engine.doubles(norms);
    }
  }

  /** Of matrices (rows, columns) at these addresses; their short side is at most {@link #MOST}. */
  double[][] values(long[] matrices, long rows, long columns, IntFunction<String> name) {
    int order = Math.toIntExact(Math.min(rows, columns));
    if (rows == columns) {
      return squareValues(matrices, order, name);
    }
    long length = Math.max(rows, columns);
    long size = (long) order * order * Double.BYTES;
    try (CudaBuffer triangles = engine.allocateZeros(DType.F64, (long) matrices.length * order, order)) {
      long[] squares = IntStream.range(0, matrices.length).mapToLong(i -> triangles.address() + i * size).toArray();
      accumulateTriangles(
          IntStream.range(0, matrices.length)
              .mapToObj(i -> new Panel(squares[i], matrices[i], length, rows < columns))
              .toList(),
          order);
      return squareValues(squares, order, name);
    }
  }

  private double[][] squareValues(long[] matrices, int order, IntFunction<String> name) {
    int bytes = squareBytes(order);
    boolean shared = bytes <= sharedForMatrices();
    try (CudaBuffer table = table(matrices);
        CudaBuffer work = engine.allocate(DType.U8, shared ? 1 : matrices.length, shared ? 1 : bytes);
        CudaBuffer found = engine.allocate(DType.F64, matrices.length, order + 1L)) {
      launch(
          "singular_values_" + (shared ? "shared" : "global"),
          Driver.Grid.of(matrices.length, threads(order)),
          shared ? bytes : 0,
          table.address(),
          (long) order,
          mostSweeps,
          work.address(),
          found.address());
      return Convergence.required(engine, "singular values", engine.doubles(found), order, mostSweeps, name);
    }
  }

  /** A square as the kernels hold it, columns an odd number of doubles apart. */
  static int squareBytes(int order) {
    return order * (order | 1) * Double.BYTES;
  }

  /** A group of lanes for each pair of columns, as far as a block goes. */
  static int threads(int order) {
    int lanes = order > 64 ? 16 : 8;
    return Math.clamp(Math.ceilDiv(order, 2) * lanes, LANES, THREADS) / LANES * LANES;
  }

  private int sharedForMatrices() {
    return sharedPerBlock.getAsInt() - SHARED_BESIDE;
  }

  private void launch(String kernel, Driver.Grid grid, int sharedBytes, Object... arguments) {
    engine.kernels().launch(kernel, grid, sharedBytes, arguments);
  }

  private CudaBuffer table(long[] words) {
    return (CudaBuffer) engine.upload(MemorySegment.ofArray(words), DType.I64, 1, words.length);
  }

  private static long[] interleaved(long[]... parts) {
    return IntStream.range(0, parts.length * parts[0].length)
        .mapToLong(i -> parts[i % parts.length][i / parts.length])
        .toArray();
  }
}
