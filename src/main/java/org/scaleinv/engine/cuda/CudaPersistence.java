package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;

/** Persistent homology, handed to the CPU. */
final class CudaPersistence implements Persistence {
  private final CudaEngine engine;

  CudaPersistence(CudaEngine engine) {
    this.engine = engine;
  }

  @Override
  public PersistentHomology dense(Buffer distances, Rips rips, int threads, Progress progress) {
    CudaBuffer matrix = engine.own(distances);
    if (matrix.dtype() != DType.F32 || matrix.rows() != matrix.columns()) {
      throw new IllegalArgumentException("a buffer " + matrix.describe() + " where F32 n x n is needed");
    }
    CpuEngine cpu = engine.cpu("persistence");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(matrix.byteSize(), Float.BYTES);
      engine.download(matrix, host);
      try (Buffer there = cpu.upload(host, matrix.dtype(), matrix.rows(), matrix.columns())) {
        return cpu.persistence().dense(there, rips, threads, progress);
      }
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
}
