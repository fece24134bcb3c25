package org.scaleinv.engine.cuda;

import org.scaleinv.engine.Buffer;
import org.scaleinv.tensor.DType;

/** A matrix in device memory. */
final class CudaBuffer implements Buffer {
  private final CudaEngine engine;
  private final DType dtype;
  private final long rows;
  private final long columns;
  private DevicePool.Block block;

  /** @param block at least the elements; given back to the engine when the buffer is closed */
  CudaBuffer(CudaEngine engine, DType dtype, long rows, long columns, DevicePool.Block block) {
    this.engine = engine;
    this.dtype = dtype;
    this.rows = rows;
    this.columns = columns;
    this.block = block;
  }

  /** Where the elements lie on the device. */
  long address() {
    return block().address();
  }

  DevicePool.Block block() {
    if (block == null) {
      throw new IllegalStateException("a buffer " + describe() + " was used after it was closed");
    }
    return block;
  }

  long size() {
    return Math.multiplyExact(rows, columns);
  }

  long byteSize() {
    return byteSize(dtype, rows, columns);
  }

  static long byteSize(DType dtype, long rows, long columns) {
    return Math.multiplyExact(Math.multiplyExact(rows, columns), dtype.bytes());
  }

  String describe() {
    return describe(dtype, rows, columns);
  }

  static String describe(DType dtype, long rows, long columns) {
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
  public CudaEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    if (block != null) {
      DevicePool.Block given = block;
      block = null;
      engine.release(given, this::describe);
    }
  }
}
