package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;

/**
 * The calls of a CUDA driver that the engine makes, and nothing else; handles and device addresses are plain longs.
 *
 * <p>Every call but {@link #version}, {@link #deviceCount}, {@link #device} and {@link #retainContext} needs a context
 * that is current on the calling thread. Every failure is a {@link DriverFailure}; the engine adds the operation, its
 * sizes and the device. Copies are asynchronous: host memory must be pinned and stay untouched until the stream has
 * passed the copy.
 */
interface Driver {
  /** The CUDA version that the driver serves, 1000·major + 10·minor. */
  int version();

  int deviceCount();

  DeviceInfo device(int ordinal);

  /** The device's primary context; released by {@link #releaseContext}. */
  long retainContext(int ordinal);

  void releaseContext(int ordinal);

  /** Makes a context current on the calling thread; 0 for none. */
  void makeCurrent(long context);

  /** Loads a fatbin, cubin or PTX image. */
  long loadModule(MemorySegment image);

  void unloadModule(long module);

  long function(long module, String name);

  /** Lets a function use up to that much dynamic shared memory, above the 48 KB that need no leave. */
  void allowSharedMemory(long function, int bytes);

  long allocate(long bytes);

  void free(long address);

  /** Pinned host memory; freed by {@link #freeHost}. */
  MemorySegment allocateHost(long bytes);

  void freeHost(MemorySegment block);

  /** Bytes free on the device. */
  long freeMemory();

  long createStream();

  void destroyStream(long stream);

  void synchronize(long stream);

  long createEvent();

  void destroyEvent(long event);

  void record(long event, long stream);

  /** Work put on the stream from now on waits for the event. */
  void await(long stream, long event);

  /** Blocks the calling thread until the event has been passed. */
  void synchronizeEvent(long event);

  /** Milliseconds between two events that have been passed. */
  float elapsed(long from, long to);

  void copyToDevice(long device, MemorySegment pinned, long stream);

  void copyToHost(MemorySegment pinned, long device, long stream);

  void copyOnDevice(long to, long from, long bytes, long stream);

  void fill(long address, byte value, long bytes, long stream);

  /**
   * Puts a launch on a stream.
   *
   * @param arguments in the kernel's order: {@link Integer}, {@link Long} (also device addresses), {@link Float},
   *     {@link Double}, each as wide as the parameter it meets
   */
  void launch(long function, Grid grid, int sharedBytes, long stream, Object... arguments);

  /** Blocks in a grid and threads in a block. */
  record Grid(int blocksX, int blocksY, int blocksZ, int threadsX, int threadsY, int threadsZ) {
    static Grid of(long blocks, int threads) {
      return new Grid(Math.toIntExact(blocks), 1, 1, threads, 1, 1);
    }

    static Grid of(long blocksX, long blocksY, int threadsX, int threadsY) {
      return new Grid(Math.toIntExact(blocksX), Math.toIntExact(blocksY), 1, threadsX, threadsY, 1);
    }
  }
}
