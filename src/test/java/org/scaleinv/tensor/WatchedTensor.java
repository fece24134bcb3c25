package org.scaleinv.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A tensor that notes the length in bytes of every read, in order. For one thread at a time. */
public final class WatchedTensor implements Tensor {
  private final Tensor tensor;
  private final List<Long> reads = new ArrayList<>();

  public WatchedTensor(Tensor tensor) {
    this.tensor = tensor;
  }

  public List<Long> reads() {
    return reads;
  }

  @Override
  public String name() {
    return tensor.name();
  }

  @Override
  public DType dtype() {
    return tensor.dtype();
  }

  @Override
  public Shape shape() {
    return tensor.shape();
  }

  @Override
  public String origin() {
    return tensor.origin();
  }

  @Override
  public void read(long byteOffset, MemorySegment destination) {
    reads.add(destination.byteSize());
    tensor.read(byteOffset, destination);
  }
}
