package org.scaleinv.engine;

import java.lang.foreign.MemorySegment;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;

/**
 * Owns memory and offers capabilities. Only {@link #upload} and {@link #download} move data between the host and the
 * engine; every operation takes buffers and returns buffers.
 *
 * <p>An engine is safe for use by several threads at once; a buffer is not.
 */
public interface Engine extends AutoCloseable {
  /** "cpu", "cuda", "cuda-emulated". */
  String name();

  /** Reads a panel of a matrix into engine memory, in the tensor's own dtype. */
  Buffer upload(Matrix matrix, Panel panel);

  /** Copies host elements, row-major without gaps, into engine memory. */
  Buffer upload(MemorySegment elements, DType dtype, long rows, long columns);

  /** Copies all elements of a buffer to the host; {@code destination} holds exactly the buffer's bytes. */
  void download(Buffer buffer, MemorySegment destination);

  Widening widening();

  Spectra spectra();

  Distances distances();

  Correlation correlation();

  Persistence persistence();

  /** The engine's ceilings. */
  Probe probe();

  /** How often each kernel was launched on a device so far, by name; empty for an engine without a device. */
  default SortedMap<String, Long> launches() {
    return new TreeMap<>();
  }

  /** How often each operation of this engine was given to the CPU so far, by name; empty where nothing is. */
  default SortedMap<String, Long> handedToCpu() {
    return new TreeMap<>();
  }

  @Override
  void close();
}
