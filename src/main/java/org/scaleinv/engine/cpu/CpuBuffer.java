package org.scaleinv.engine.cpu;

import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.tensor.DType;

/** A matrix in native memory. */
final class CpuBuffer implements Buffer {
  private final CpuEngine engine;
  private final DType dtype;
  private final long rows;
  private final long columns;
  private MemorySegment block;

  CpuBuffer(CpuEngine engine, DType dtype, long rows, long columns) {
    this.engine = engine;
    this.dtype = dtype;
    this.rows = rows;
    this.columns = columns;
    this.block = engine.pool().take(byteSize());
  }

  /** Exactly the elements. */
  MemorySegment elements() {
    if (block == null) {
      throw new IllegalStateException("a buffer " + describe() + " was used after it was closed");
    }
    return block.asSlice(0, byteSize());
  }

  long size() {
    return Math.multiplyExact(rows, columns);
  }

  private long byteSize() {
    return Math.multiplyExact(size(), dtype.bytes());
  }

  String describe() {
    return dtype + " " + rows + " x " + columns;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long columns() {
    return columns;
  }

  @Override
  public CpuEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    if (block != null) {
      engine.pool().give(block);
      block = null;
    }
  }
}
