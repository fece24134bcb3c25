package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import org.scaleinv.engine.BestPartners;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Correlation;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Standardised;
import org.scaleinv.tensor.DType;

/** Correlations by {@code kernels/correlation.cu}. */
final class CudaCorrelation implements Correlation {
  /** Kernels number variables and samples by 32 bits, up to the end of the last tile. */
  private static final long MOST_VARIABLES = Integer.MAX_VALUE - 2L * PreparedPoints.TILE;

  /** What {@code standardise} says of a variable that has no correlation. */
  private static final int CONSTANT = 1;

  private static final int NOT_FINITE = 2;

  private static final int ROWS_A_BLOCK = 8;
  private static final int THREADS = 64;

  private final CudaEngine engine;

  CudaCorrelation(CudaEngine engine) {
    this.engine = engine;
  }

  @Override
  public Standardised standardise(Buffer variables, int threads) {
    CudaBuffer source = samples(engine.own(variables));
    if (source.dtype() != DType.F32 && source.dtype() != DType.F64) {
      throw new IllegalArgumentException("a buffer " + source.describe() + " where F32 or F64 is needed");
    }
    return engine.perform(
        () -> "standardising of " + source.describe(),
        () -> {
          CudaBuffer rows = engine.allocate(DType.F32, source.rows(), source.columns());
          try {
            int[] kinds = standardise(source, rows);
            return new Standardised(rows, having(kinds, CONSTANT), having(kinds, NOT_FINITE));
          } catch (RuntimeException failed) {
            throw CudaEngine.abandoned(rows, failed);
          }
        });
  }

  private int[] standardise(CudaBuffer source, CudaBuffer rows) {
    int[] kinds = new int[Math.toIntExact(source.rows())];
    if (kinds.length == 0) {
      return kinds;
    }
    try (CudaBuffer found = engine.allocate(DType.I32, 1, kinds.length)) {
      launch(
          source.dtype() == DType.F32 ? "standardise_f32" : "standardise_f64",
          Driver.Grid.of(Math.ceilDiv(source.rows(), ROWS_A_BLOCK), 32 * ROWS_A_BLOCK),
          source.address(),
          source.rows(),
          source.columns(),
          rows.address(),
          found.address());
      engine.download(found, MemorySegment.ofArray(kinds));
    }
    return kinds;
  }

  private static BitSet having(int[] kinds, int kind) {
    var having = new BitSet();
    for (int i = 0; i < kinds.length; i++) {
      having.set(i, kinds[i] == kind);
    }
    return having;
  }

  @Override
  public Buffer rows(Buffer standardised, long from, long count, int threads) {
    CudaBuffer source = floats(standardised);
    if (from < 0 || count < 0 || count > source.rows() - from) {
      throw new IllegalArgumentException(
          "rows " + from + " to " + from + " + " + count + " of the correlations of " + source.rows() + " variables");
    }
    return engine.perform(
        () -> describe(source) + ", " + count + " rows",
        () -> {
          CudaBuffer rows = engine.allocate(DType.F32, count, source.rows());
          try {
            correlations(source, from, count, rows.address());
            return rows;
          } catch (RuntimeException failed) {
            throw CudaEngine.abandoned(rows, failed);
          }
        });
  }

  /** Puts rows from … from + count − 1 of the matrix at {@code target}, (count, rows of source). */
  private void correlations(CudaBuffer source, long from, long count, long target) {
    if (count == 0) {
      return;
    }
    long side = tiles(source.rows());
    boolean symmetric = from == 0 && count == source.rows();
    launch(
        "correlations",
        Driver.Grid.of(symmetric ? side * (side + 1) / 2 : tiles(count) * side, THREADS),
        source.address(),
        source.rows(),
        source.columns(),
        from,
        count,
        symmetric ? 1 : 0,
        target);
  }

  /** {@inheritDoc} The next block is computed while the last one is copied. */
  @Override
  public void stream(Buffer standardised, int threads, Distances.RowSink sink) {
    CudaBuffer source = floats(standardised);
    if (source.rows() == 0) {
      return;
    }
    RowBlocks.Rows rows = (from, count, target) -> correlations(source, from, count, target);
    engine.perform(
        () -> describe(source) + ", streamed", () -> new RowBlocks(engine, source.rows(), rows).stream(sink));
  }

  @Override
  public BestPartners bestPartners(Buffer standardised, BitSet among, int threads) {
    CudaBuffer source = floats(standardised);
    if (among.length() > source.rows()) {
      throw new IllegalArgumentException(
          "variable " + (among.length() - 1) + " of " + source.describe() + " was to take part");
    }
    int[] chosen = among.stream().toArray();
    long[] ranks = chosen.length == 0 ? new long[0] : ranks(source, chosen);
    int[] partners = new int[Math.toIntExact(source.rows())];
    float[] correlations = new float[partners.length];
    Arrays.fill(partners, -1);
    Arrays.fill(correlations, Float.NaN);
    for (int i = 0; i < chosen.length; i++) {
      if (ranks[i] != 0) {
        partners[chosen[i]] = chosen[(int) ~ranks[i]];
        correlations[chosen[i]] = correlation(ranks[i]);
      }
    }
    return new BestPartners(partners, correlations);
  }

  private long[] ranks(CudaBuffer source, int[] chosen) {
    long[] ranks = new long[chosen.length];
    long side = tiles(chosen.length);
    try (var rows = (CudaBuffer) engine.upload(MemorySegment.ofArray(chosen), DType.I32, 1, chosen.length)) {
      engine.perform(
          () -> "best partners of " + chosen.length + ", " + describe(source),
          () -> {
            try (CudaBuffer best = engine.allocateZeros(DType.I64, 1, ranks.length)) {
              launch(
                  "best_partners",
                  Driver.Grid.of(side * (side + 1) / 2, THREADS),
                  source.address(),
                  rows.address(),
                  (long) chosen.length,
                  source.columns(),
                  best.address());
              engine.download(best, MemorySegment.ofArray(ranks));
            }
          });
    }
    return ranks;
  }

  /** The value in the upper half of a rank: bits ordered as the numbers are. */
  private static float correlation(long rank) {
    int ordered = (int) (rank >>> 32);
    return Float.intBitsToFloat(ordered < 0 ? ordered & Integer.MAX_VALUE : ~ordered);
  }

  private static long tiles(long count) {
    return Math.ceilDiv(count, PreparedPoints.TILE);
  }

  private CudaBuffer floats(Buffer buffer) {
    CudaBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F32) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 is needed");
    }
    return samples(mine);
  }

  private static CudaBuffer samples(CudaBuffer variables) {
    if (variables.columns() < 2) {
      throw new IllegalArgumentException(
          "correlations need two samples of each variable, the buffer is " + variables.describe());
    }
    if (Math.max(variables.rows(), variables.columns()) > MOST_VARIABLES) {
      throw new IllegalArgumentException(
          "a buffer " + variables.describe() + " has more than " + MOST_VARIABLES + " variables or samples");
    }
    return variables;
  }

  private static String describe(CudaBuffer source) {
    return "correlations of " + source.describe();
  }

  private void launch(String kernel, Driver.Grid grid, Object... arguments) {
    engine.kernels().launch(kernel, grid, 0, arguments);
  }
}
