package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.BestPartners;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Correlation;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Standardised;
import org.scaleinv.tensor.DType;

/** Correlations by the native kernels. */
final class CpuCorrelation implements Correlation {
  private final CpuEngine engine;

  CpuCorrelation(CpuEngine engine) {
    this.engine = engine;
  }

  @Override
  public Standardised standardise(Buffer variables, int threads) {
    CpuBuffer source = engine.own(variables);
    int type = type(source);
    requireSamples(source);
    var rows = new CpuBuffer(engine, DType.F32, source.rows(), source.columns());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment kinds = arena.allocate(ValueLayout.JAVA_INT, source.rows());
      Native.check(
          Scaleinv.scaleinv_standardise(
              type, source.elements(), source.rows(), source.columns(), threads, rows.elements(), kinds),
          () -> "standardising of " + source.describe());
      return new Standardised(
          rows,
          having(kinds, Scaleinv.SCALEINV_VARIABLE_CONSTANT()),
          having(kinds, Scaleinv.SCALEINV_VARIABLE_NOT_FINITE()));
    } catch (RuntimeException failed) {
      rows.close();
      throw failed;
    }
  }

  private static BitSet having(MemorySegment kinds, int kind) {
    var having = new BitSet();
    int[] all = kinds.toArray(ValueLayout.JAVA_INT);
    for (int i = 0; i < all.length; i++) {
      having.set(i, all[i] == kind);
    }
    return having;
  }

  @Override
  public Buffer rows(Buffer standardised, long from, long count, int threads) {
    CpuBuffer source = floats(standardised);
    if (from < 0 || count < 0 || count > source.rows() - from) {
      throw new IllegalArgumentException(
          "rows " + from + " to " + from + " + " + count + " of the correlations of " + source.rows() + " variables");
    }
    var rows = new CpuBuffer(engine, DType.F32, count, source.rows());
    try (var prepared = new Prepared(source, MemorySegment.NULL, source.rows(), threads)) {
      prepared.correlations(from, count, rows.elements());
      return rows;
    } catch (RuntimeException failed) {
      rows.close();
      throw failed;
    }
  }

  @Override
  public void stream(Buffer standardised, int threads, Distances.RowSink sink) {
    CpuBuffer source = floats(standardised);
    try (var prepared = new Prepared(source, MemorySegment.NULL, source.rows(), threads)) {
      RowBlocks.stream(engine, source.rows(), prepared::correlations, sink);
    }
  }

  @Override
  public BestPartners bestPartners(Buffer standardised, BitSet among, int threads) {
    CpuBuffer source = floats(standardised);
    if (among.length() > source.rows()) {
      throw new IllegalArgumentException(
          "variable " + (among.length() - 1) + " of " + source.describe() + " was to take part");
    }
    int[] partners = new int[Math.toIntExact(source.rows())];
    float[] correlations = new float[partners.length];
    Arrays.fill(partners, -1);
    Arrays.fill(correlations, Float.NaN);
    long[] chosen = among.stream().asLongStream().toArray();
    try (Arena arena = Arena.ofConfined();
        var prepared =
            new Prepared(source, arena.allocateFrom(ValueLayout.JAVA_LONG, chosen), chosen.length, threads)) {
      MemorySegment found = arena.allocate(ValueLayout.JAVA_INT, chosen.length);
      MemorySegment largest = arena.allocate(ValueLayout.JAVA_FLOAT, chosen.length);
      prepared.bestPartners(found, largest);
      for (int i = 0; i < chosen.length; i++) {
        int place = found.getAtIndex(ValueLayout.JAVA_INT, i);
        int variable = (int) chosen[i];
        partners[variable] = place < 0 ? -1 : (int) chosen[place];
        correlations[variable] = largest.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      }
    }
    return new BestPartners(partners, correlations);
  }

  private static int type(CpuBuffer variables) {
    return switch (variables.dtype()) {
      case F32 -> Scaleinv.SCALEINV_F32();
      case F64 -> Scaleinv.SCALEINV_F64();
      default ->
          throw new IllegalArgumentException("a buffer " + variables.describe() + " where F32 or F64 is needed");
    };
  }

  private CpuBuffer floats(Buffer buffer) {
    CpuBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F32) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 is needed");
    }
    requireSamples(mine);
    return mine;
  }

  private static void requireSamples(CpuBuffer variables) {
    if (variables.columns() < 2) {
      throw new IllegalArgumentException(
          "correlations need two samples of each variable, the buffer is " + variables.describe());
    }
  }

  /** Variables in the form that the native kernels read. */
  private static final class Prepared implements AutoCloseable {
    private final int threads;
    private final String description;
    private final MemorySegment handle;

    /** @param chosen the rows of source that are taken, or null for all */
    Prepared(CpuBuffer source, MemorySegment chosen, long count, int threads) {
      this.threads = threads;
      this.description = "correlations of " + count + " variables of " + source.describe();
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment address = arena.allocate(ValueLayout.ADDRESS);
        Native.check(
            Scaleinv.scaleinv_correlation_prepare(
                source.elements(), chosen, count, source.columns(), threads, address),
            () -> description);
        handle = address.get(ValueLayout.ADDRESS, 0);
      }
    }

    void correlations(long from, long rows, MemorySegment target) {
      Native.check(
          Scaleinv.scaleinv_correlations(handle, from, rows, threads, target),
          () -> description + ", rows " + from + " to " + (from + rows));
    }

    void bestPartners(MemorySegment partners, MemorySegment largest) {
      Native.check(
          Scaleinv.scaleinv_best_partners(handle, threads, partners, largest), () -> "best partners, " + description);
    }

    @Override
    public void close() {
      Scaleinv.scaleinv_points_release(handle);
    }
  }
}
