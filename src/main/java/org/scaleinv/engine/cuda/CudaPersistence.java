package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.engine.cpu.CpuPersistence;
import org.scaleinv.tensor.DType;

/**
 * Persistent homology whose columns the device assembles, by {@code kernels/vietoris_rips.cu} and {@code
 * kernels/critical_simplices.cu}, and the processor reduces, which is counted as "persistence.reduction". All of it is
 * handed to the processor, as "persistence": graphs, dimension 0, what {@link RipsAssembly} does not suit or the device
 * has no room for, and distances that are none, which it names.
 */
final class CudaPersistence implements Persistence {
  private final CudaEngine engine;
  private final long together;

  CudaPersistence(CudaEngine engine) {
    this(engine, CriticalSimplices.EDGES);
  }

  /** @param together edges of a launch at most */
  CudaPersistence(CudaEngine engine, long together) {
    this.engine = engine;
    this.together = together;
  }

  @Override
  public PersistentHomology dense(Buffer distances, Rips rips, int threads, Progress progress) {
    CudaBuffer matrix = square(distances);
    var assembly = new RipsAssembly(engine, matrix, rips, together);
    try (Arena arena = Arena.ofConfined()) {
      RipsColumns columns = null;
      if (assembly.suits()) {
        columns =
            engine.perform(
                () -> "critical simplices of " + matrix.rows() + " points up to dimension " + rips.dimension(),
                () -> assembly.columns(progress, arena));
      }
      CpuEngine cpu = engine.cpu(columns == null ? "persistence" : "persistence.reduction");
      try (Buffer there = copied(matrix, cpu)) {
        if (columns == null) {
          return cpu.persistence().dense(there, rips, threads, progress);
        }
        var critical = new CpuPersistence.Critical(columns.counts(), columns.vertices());
        return cpu.persistence().dense(there, critical, rips.within(columns.threshold()), threads, progress);
      }
    }
  }

  private Buffer copied(CudaBuffer buffer, CpuEngine cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(buffer.byteSize(), Float.BYTES);
      engine.download(buffer, host);
      return cpu.upload(host, buffer.dtype(), buffer.rows(), buffer.columns());
    }
  }

  @Override
  public PersistentHomology sparse(DistanceGraph graph, Rips rips, int threads, Progress progress) {
    return engine.cpu("persistence").persistence().sparse(graph, rips, threads, progress);
  }

  @Override
  public long bytes(long points, long edges, boolean sparse, Rips rips) {
    return engine.cpu("bytes").persistence().bytes(points, edges, sparse, rips);
  }

  private CudaBuffer square(Buffer distances) {
    CudaBuffer mine = engine.own(distances);
    if (mine.dtype() != DType.F32 || mine.rows() != mine.columns()) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 n x n is needed");
    }
    return mine;
  }
}
