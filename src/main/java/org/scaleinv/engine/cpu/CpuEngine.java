package org.scaleinv.engine.cpu;

import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Correlation;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Probe;
import org.scaleinv.engine.Spectra;
import org.scaleinv.engine.Widening;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;

/** The embedded engine: C++ on the processor's own memory, LAPACK by OpenBLAS on one thread a call. */
public final class CpuEngine implements Engine {
  private final BlockPool pool;
  private final Widening widening = new CpuWidening(this);
  private final Spectra spectra = new CpuSpectra(this);
  private final Probe probe = new CpuProbe(this);
  private final Distances distances = new CpuDistances(this);
  private final Correlation correlation = new CpuCorrelation(this);
  private final CpuPersistence persistence = new CpuPersistence(this);

  /**
   * @throws org.scaleinv.error.EngineFailure when there is no native library for this machine, or it cannot be
   *     unpacked or loaded
   */
  public CpuEngine() {
    NativeLibrary.load();
    pool = new BlockPool();
  }

  BlockPool pool() {
    return pool;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Buffer upload(Matrix matrix, Panel panel) {
    var buffer = new CpuBuffer(this, matrix.dtype(), panel.rows(), panel.columns());
    try {
      matrix.read(panel, buffer.elements());
      return buffer;
    } catch (RuntimeException failed) {
      buffer.close();
      throw failed;
    }
  }

  @Override
  public Buffer upload(MemorySegment elements, DType dtype, long rows, long columns) {
    var buffer = new CpuBuffer(this, dtype, rows, columns);
    try {
      requireSize(elements, buffer);
      MemorySegment.copy(elements, 0, buffer.elements(), 0, elements.byteSize());
      return buffer;
    } catch (RuntimeException failed) {
      buffer.close();
      throw failed;
    }
  }

  @Override
  public void download(Buffer buffer, MemorySegment destination) {
    CpuBuffer source = own(buffer);
    requireSize(destination, source);
    MemorySegment.copy(source.elements(), 0, destination, 0, destination.byteSize());
  }

  @Override
  public Widening widening() {
    return widening;
  }

  @Override
  public Spectra spectra() {
    return spectra;
  }

  @Override
  public Distances distances() {
    return distances;
  }

  @Override
  public Correlation correlation() {
    return correlation;
  }

  @Override
  public CpuPersistence persistence() {
    return persistence;
  }

  @Override
  public Probe probe() {
    return probe;
  }

  /** Frees the blocks that are kept for later buffers. Buffers that are still open stay valid until closed. */
  @Override
  public void close() {
    pool.close();
  }

  /** The buffer as one of this engine's. */
  CpuBuffer own(Buffer buffer) {
    if (buffer instanceof CpuBuffer mine && mine.engine() == this) {
      return mine;
    }
    throw new IllegalArgumentException("a buffer of engine " + buffer.engine().name() + " was given to another engine");
  }

  private static void requireSize(MemorySegment host, CpuBuffer buffer) {
    long expected = buffer.elements().byteSize();
    if (host.byteSize() != expected) {
      throw new IllegalArgumentException(
          "a buffer " + buffer.describe() + " has " + expected + " bytes, the host's segment " + host.byteSize());
    }
  }
}
