package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Correlation;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.Probe;
import org.scaleinv.engine.Spectra;
import org.scaleinv.engine.Widening;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;

/**
 * One CUDA device, real or emulated.
 *
 * <p>Threads: every operation makes the device's context current on the thread that calls it and talks to the driver
 * itself, as the driver serves several threads at once. A thread of its own for the device would add two switches to
 * each of many short calls, and would have to read files, too, or wait for who does. What is shared is guarded where it
 * lies: the pool and the counts each by themselves, the two pinned chunks by one lock for a whole transfer, closing by
 * a lock that every operation shares. The kernels of one operation follow each other on the one compute stream; those
 * of other threads may come between, on other buffers. Callers are platform threads: a virtual one may change the
 * thread that carries it, and with it the context, in the middle of an operation.
 *
 * <p>Failures: each names the operation, its sizes, the device, the call and the driver's error. After a fault that
 * takes the context away (an illegal access, a lost device) every later call says so, and closing still releases all.
 */
public final class CudaEngine implements Engine {
  private final String name;
  private final Device device;
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private final ReentrantLock transfer = new ReentrantLock();
  private final SortedMap<String, Long> handedToCpu = new TreeMap<>();
  private final Widening widening = new CudaWidening(this);
  private final Spectra spectra = new CudaSpectra(this);
  private final Distances distances = new CudaDistances(this);
  private final Correlation correlation = new CudaCorrelation(this);
  private final Persistence persistence = new CudaPersistence(this);
  private CpuEngine cpu;
  private boolean closed;

  /** @param device becomes this engine's to close */
  CudaEngine(String name, Device device) {
    this.name = name;
    this.device = device;
  }

  /**
   * Opens a device. The driver's libraries must be loaded.
   *
   * @param emulated whether the driver is the emulated one
   * @throws org.scaleinv.error.EngineFailure when the device does not answer, is out of memory, or does not take the
   *     kernels of this build
   */
  public static CudaEngine open(int ordinal, boolean emulated) {
    String name = emulated ? "cuda-emulated" : "cuda";
    return new CudaEngine(name, Device.open(name, ordinal, emulated, Device.Sizes.DEFAULT));
  }

  @Override
  public String name() {
    return name;
  }

  /** The device that computes. */
  public DeviceInfo device() {
    return device.info();
  }

  Device openedDevice() {
    return device;
  }

  @Override
  public Buffer upload(Matrix matrix, Panel panel) {
    long rowBytes = panel.columns() * matrix.dtype().bytes();
    return upload(
        matrix.dtype(),
        panel.rows(),
        panel.columns(),
        (done, chunk) -> {
          Panel piece = piece(panel, done / rowBytes, done % rowBytes, rowBytes, matrix.dtype().bytes(), chunk);
          long bytes = piece.rows() * piece.columns() * matrix.dtype().bytes();
          matrix.read(piece, chunk.asSlice(0, bytes));
          return bytes;
        });
  }

  /** As many whole rows as fit, or what fits of the rest of one row. */
  private static Panel piece(
      Panel panel, long row, long within, long rowBytes, int elementBytes, MemorySegment chunk) {
    long room = chunk.byteSize();
    if (within == 0 && rowBytes <= room) {
      long rows = Math.min(panel.rows() - row, room / rowBytes);
      return new Panel(panel.row() + row, rows, panel.column(), panel.columns());
    }
    long bytes = Math.min(rowBytes - within, room / elementBytes * elementBytes);
    return new Panel(panel.row() + row, 1, panel.column() + within / elementBytes, bytes / elementBytes);
  }

  @Override
  public Buffer upload(MemorySegment elements, DType dtype, long rows, long columns) {
    requireSize(elements, dtype, rows, columns);
    return upload(dtype, rows, columns, PinnedChunks.of(elements));
  }

  private Buffer upload(DType dtype, long rows, long columns, PinnedChunks.Source source) {
    return perform(
        () -> "upload of " + CudaBuffer.describe(dtype, rows, columns),
        () -> {
          CudaBuffer buffer = allocate(dtype, rows, columns);
          try {
            device.pool().awaitFree(buffer.block());
            transfer(() -> device.chunks().toDevice(buffer.address(), buffer.byteSize(), source));
            return buffer;
          } catch (RuntimeException failed) {
            throw abandoned(buffer, failed);
          }
        });
  }

  @Override
  public void download(Buffer buffer, MemorySegment destination) {
    CudaBuffer source = own(buffer);
    source.block();
    requireSize(destination, source.dtype(), source.rows(), source.columns());
    perform(
        () -> "download of " + source.describe(),
        () -> transfer(() -> device.chunks().toHost(source.address(), destination)));
  }

  private void transfer(Runnable copies) {
    transfer.lock();
    try {
      copies.run();
    } finally {
      transfer.unlock();
    }
  }

  /** The elements of a buffer of F64. */
  double[] doubles(CudaBuffer buffer) {
    double[] elements = new double[Math.toIntExact(buffer.size())];
    download(buffer, MemorySegment.ofArray(elements));
    return elements;
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
  public Persistence persistence() {
    return persistence;
  }

  @Override
  public Probe probe() {
    return new CudaProbe(this, device);
  }

  @Override
  public SortedMap<String, Long> launches() {
    return device.kernels().launches();
  }

  @Override
  public SortedMap<String, Long> handedToCpu() {
    synchronized (handedToCpu) {
      return new TreeMap<>(handedToCpu);
    }
  }

  /**
   * Releases all that lies on the device, open buffers too (closing those later does nothing). Waits for operations of
   * other threads.
   *
   * @throws org.scaleinv.error.EngineFailure when the driver refuses something, after all else was released; not after
   *     a fault that was reported before
   */
  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      closed = true;
      if (cpu != null) {
        cpu.close();
        cpu = null;
      }
      device.close();
    } finally {
      closing.writeLock().unlock();
    }
  }

  // What the capabilities build on.

  /** A new buffer, its content arbitrary. Only inside {@link #perform}. */
  CudaBuffer allocate(DType dtype, long rows, long columns) {
    long bytes = CudaBuffer.byteSize(dtype, rows, columns);
    return new CudaBuffer(this, dtype, rows, columns, device.pool().take(bytes));
  }

  /** A new buffer of zero bytes. Only inside {@link #perform}. */
  CudaBuffer allocateZeros(DType dtype, long rows, long columns) {
    CudaBuffer buffer = allocate(dtype, rows, columns);
    try {
      if (buffer.byteSize() > 0) {
        fillZeros(buffer.address(), buffer.byteSize());
      }
      return buffer;
    } catch (RuntimeException failed) {
      throw abandoned(buffer, failed);
    }
  }

  /** Zeroes part of a buffer, behind the kernels launched so far. Only inside {@link #perform}. */
  void fillZeros(long address, long bytes) {
    device.driver().fill(address, (byte) 0, bytes, device.streams().compute());
  }

  /** Gives every byte of a buffer one value, behind the kernels launched so far. Only inside {@link #perform}. */
  void fill(CudaBuffer buffer, byte value) {
    if (buffer.byteSize() > 0) {
      device.driver().fill(buffer.address(), value, buffer.byteSize(), device.streams().compute());
    }
  }

  /** Copies all of a buffer to another of its size, behind the kernels launched so far. Only inside {@link #perform}. */
  void copy(CudaBuffer from, CudaBuffer to) {
    if (from.byteSize() > 0) {
      device.driver().copyOnDevice(to.address(), from.address(), from.byteSize(), device.streams().compute());
    }
  }

  /** Replaces a buffer's content by the host's, behind the kernels launched so far. */
  void overwrite(CudaBuffer buffer, MemorySegment elements) {
    requireSize(elements, buffer.dtype(), buffer.rows(), buffer.columns());
    perform(
        () -> "upload of " + buffer.describe(),
        () -> {
          try (Mark now = mark()) {
            now.set();
            device.driver().await(device.streams().copy(), now.event);
            transfer(
                () -> device.chunks().toDevice(buffer.address(), buffer.byteSize(), PinnedChunks.of(elements)));
          }
        });
  }

  /**
   * Copies the start of a buffer to the host, as the kernels launched before the mark was set leave it; later ones may
   * run meanwhile. Only inside {@link #perform}.
   *
   * @param destination at most the buffer's bytes
   */
  void download(CudaBuffer buffer, MemorySegment destination, Mark done) {
    if (destination.byteSize() > buffer.byteSize()) {
      throw new IllegalArgumentException(
          "a buffer " + buffer.describe() + " has no " + destination.byteSize() + " bytes");
    }
    transfer(() -> device.chunks().toHost(buffer.address(), destination, done.event));
  }

  /** A point among the kernels launched. Only inside {@link #perform}. */
  Mark mark() {
    return new Mark(device.takeEvent());
  }

  /** Where the compute stream stood when the mark was set last. */
  final class Mark implements AutoCloseable {
    private final long event;

    private Mark(long event) {
      this.event = event;
    }

    void set() {
      device.driver().record(event, device.streams().compute());
    }

    @Override
    public void close() {
      device.giveEvent(event);
    }
  }

  /**
   * Runs one operation with the context current, and turns driver failures into errors that name it.
   *
   * @param operation with its sizes: "upload of F32 3 x 4"
   */
  <T> T perform(Supplier<String> operation, Supplier<T> work) {
    closing.readLock().lock();
    try {
      requireOpen();
      return device.perform(operation, work);
    } finally {
      closing.readLock().unlock();
    }
  }

  void perform(Supplier<String> operation, Runnable work) {
    perform(
        operation,
        () -> {
          work.run();
          return null;
        });
  }

  Kernels kernels() {
    return device.kernels();
  }

  /** Opened at the first call. Only inside {@link #perform}. */
  Blas blas() {
    return device.blas();
  }

  /** Bytes that buffers could be given now. Only inside {@link #perform}. */
  long availableMemory() {
    return device.pool().available();
  }

  /** The engine that an operation is handed to; counted under that name. */
  CpuEngine cpu(String operation) {
    closing.readLock().lock();
    try {
      requireOpen();
      synchronized (handedToCpu) {
        handedToCpu.merge(operation, 1L, Long::sum);
        if (cpu == null) {
          cpu = new CpuEngine();
        }
        return cpu;
      }
    } finally {
      closing.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + name + " engine is closed");
    }
  }

  /** The buffer as one of this engine's. */
  CudaBuffer own(Buffer buffer) {
    if (buffer instanceof CudaBuffer mine && mine.engine() == this) {
      return mine;
    }
    throw new IllegalArgumentException("a buffer of engine " + buffer.engine().name() + " was given to another engine");
  }

  /** Closes what nobody will receive, for the failure that is thrown instead. */
  static RuntimeException abandoned(AutoCloseable held, RuntimeException failed) {
    try {
      held.close();
    } catch (Exception alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
    return failed;
  }

  /** Takes a block back from a buffer that is closed; after the engine's end there is nothing to do. */
  void release(DevicePool.Block block, Supplier<String> description) {
    closing.readLock().lock();
    try {
      if (!closed) {
        device.release(block, description);
      }
    } finally {
      closing.readLock().unlock();
    }
  }

  private static void requireSize(MemorySegment host, DType dtype, long rows, long columns) {
    long expected = CudaBuffer.byteSize(dtype, rows, columns);
    if (host.byteSize() != expected) {
      throw new IllegalArgumentException(
          "a buffer " + CudaBuffer.describe(dtype, rows, columns) + " has " + expected
              + " bytes, the host's segment " + host.byteSize());
    }
  }
}
