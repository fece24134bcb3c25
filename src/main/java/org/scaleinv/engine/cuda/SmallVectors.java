package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.scaleinv.engine.Spectra.SingularVectors;
import org.scaleinv.tensor.DType;

/**
 * Singular vectors of small matrices by {@code kernels/singular_vectors.cu}, a block each, all of a batch in one
 * launch; vectors of values that are 0 are completed on the host. Every method runs inside {@link CudaEngine#perform}.
 */
final class SmallVectors {
  private final CudaEngine engine;
  private final IntSupplier sharedPerBlock;
  private final int mostSweeps;

  /** @param sharedPerBlock bytes of shared memory that a block may have; what does not fit lies in global memory */
  SmallVectors(CudaEngine engine, IntSupplier sharedPerBlock, int mostSweeps) {
    this.engine = engine;
    this.sharedPerBlock = sharedPerBlock;
    this.mostSweeps = mostSweeps;
  }

  /** Of matrices (rows, columns) at these addresses; their short side is at most {@link SmallSpectra#MOST}. */
  SingularVectors[] vectors(long[] matrices, long rows, long columns, IntFunction<String> name) {
    int order = Math.toIntExact(Math.min(rows, columns));
    int inGlobal = squaresInGlobal(order);
    long work = rows * columns * Double.BYTES + (long) inGlobal * SmallSpectra.squareBytes(order);
    try (CudaBuffer table =
            (CudaBuffer) engine.upload(MemorySegment.ofArray(matrices), DType.I64, 1, matrices.length);
        CudaBuffer scratch = engine.allocate(DType.U8, matrices.length, work);
        CudaBuffer found = engine.allocate(DType.F64, matrices.length, order + 1L);
        CudaBuffer shorts = engine.allocate(DType.F64, matrices.length, (long) order * order);
        CudaBuffer longs = engine.allocate(DType.F64, matrices.length, rows * columns)) {
      launch(inGlobal, order, table, rows, columns, scratch, found, shorts, longs);
      double[][] values =
          Convergence.required(engine, "singular vectors", engine.doubles(found), order, mostSweeps, name);
      double[] ofShort = engine.doubles(shorts);
      double[] ofLong = engine.doubles(longs);
      return IntStream.range(0, matrices.length)
          .mapToObj(i -> decomposition(values[i], part(ofShort, i, values.length), part(ofLong, i, values.length),
              rows <= columns))
          .toArray(SingularVectors[]::new);
    }
  }

  private void launch(
      int inGlobal, int order, CudaBuffer table, long rows, long columns, CudaBuffer scratch, CudaBuffer found,
      CudaBuffer shorts, CudaBuffer longs) {
    engine
        .kernels()
        .launch(
            "singular_vectors_" + (inGlobal == 0 ? "shared" : "global"),
            Driver.Grid.of(table.columns(), SmallSpectra.threads(order)),
            (2 - inGlobal) * SmallSpectra.squareBytes(order),
            table.address(),
            rows,
            columns,
            mostSweeps,
            inGlobal,
            scratch.address(),
            found.address(),
            shorts.address(),
            longs.address());
  }

  /** Of the two squares that are rotated, how many do not fit into shared memory. */
  private int squaresInGlobal(int order) {
    int room = sharedPerBlock.getAsInt() - SmallSpectra.SHARED_BESIDE;
    return 2 - Math.clamp(room / SmallSpectra.squareBytes(order), 0, 2);
  }

  /** @param across whether the long side is that of the columns */
  private static SingularVectors decomposition(double[] values, double[] ofShort, double[] ofLong, boolean across) {
    int order = values.length;
    OrthonormalRows.complete(ofShort, order, (int) Arrays.stream(values).filter(value -> value > 0).count());
    return across
        ? new SingularVectors(values, transposed(ofShort, order), ofLong)
        : new SingularVectors(values, transposed(ofLong, order), ofShort);
  }

  private static double[] part(double[] all, int i, int count) {
    int size = all.length / count;
    return Arrays.copyOfRange(all, i * size, (i + 1) * size);
  }

  private static double[] transposed(double[] matrix, int rows) {
    int columns = matrix.length / rows;
    double[] turned = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = matrix[i * columns + j];
      }
    }
    return turned;
  }
}
