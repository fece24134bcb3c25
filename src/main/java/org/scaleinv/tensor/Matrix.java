package org.scaleinv.tensor;

import java.lang.foreign.MemorySegment;

/**
 * A matrix inside a tensor: a window of its elements with unit column stride, read on demand.
 *
 * <p>Row r begins at element {@code offset + (r / rowBlock)·blockStride + (r mod rowBlock)·rowStride}. Two levels of
 * rows are what it takes to see one projection inside a fused tensor that interleaves heads (GPT-NeoX's
 * query_key_value); every other window has one block.
 */
public record Matrix(
    Tensor tensor, long offset, long rows, long columns, long rowStride, long rowBlock, long blockStride) {

  /** The whole of a rank-2 tensor. */
  public static Matrix of(Tensor tensor) {
    if (tensor.shape().rank() != 2) {
      throw new IllegalArgumentException("tensor " + tensor.name() + " of shape " + tensor.shape() + " is no matrix");
    }
    return window(tensor, 0, tensor.shape().extent(0), tensor.shape().extent(1), tensor.shape().extent(1));
  }

  /** A window of a tensor taken as a plain row-major array; offset and stride in elements. */
  public static Matrix window(Tensor tensor, long offset, long rows, long columns, long rowStride) {
    return new Matrix(tensor, offset, rows, columns, rowStride, Math.max(rows, 1), 0);
  }

  public DType dtype() {
    return tensor.dtype();
  }

  /** The same window of another tensor of the same shape and dtype: a copy in memory. */
  public Matrix in(Tensor copy) {
    return new Matrix(copy, offset, rows, columns, rowStride, rowBlock, blockStride);
  }

  /** Rows {@code from} to {@code from + count}; within one row block, or whole blocks. */
  public Matrix rows(long from, long count) {
    long block = from / rowBlock;
    long within = from % rowBlock;
    long start = offset + block * blockStride + within * rowStride;
    if (within + count <= rowBlock) {
      return window(tensor, start, count, columns, rowStride);
    }
    if (within != 0) {
      throw new IllegalArgumentException("rows " + from + " + " + count + " cross a row block of " + rowBlock);
    }
    return new Matrix(tensor, start, count, columns, rowStride, rowBlock, blockStride);
  }

  /** Columns {@code from} to {@code from + count}. */
  public Matrix columns(long from, long count) {
    return new Matrix(tensor, offset + from, rows, count, rowStride, rowBlock, blockStride);
  }

  /** Element index in the tensor of the first element of a row. */
  public long rowStart(long row) {
    return offset + (row / rowBlock) * blockStride + (row % rowBlock) * rowStride;
  }

  /** The whole matrix as one panel. */
  public Panel whole() {
    return new Panel(0, rows, 0, columns);
  }

  /**
   * Fills {@code destination} with a panel's elements in the tensor's own dtype, row after row without gaps. Rows that
   * follow each other in the tensor are read at once.
   *
   * @param destination panel.rows · panel.columns elements
   */
  public void read(Panel panel, MemorySegment destination) {
    long size = dtype().bytes();
    long rowBytes = panel.columns() * size;
    long done = 0;
    while (done < panel.rows()) {
      long row = panel.row() + done;
      long run = Math.min(contiguousRows(row, panel), panel.rows() - done);
      tensor.read(
          (rowStart(row) + panel.column()) * size, destination.asSlice(done * rowBytes, run * rowBytes));
      done += run;
    }
  }

  private long contiguousRows(long row, Panel panel) {
    boolean gapless = panel.columns() == columns && rowStride == columns;
    return gapless ? rowBlock - row % rowBlock : 1;
  }
}
