package org.scaleinv.engine.cuda;

import java.lang.foreign.MemorySegment;

/**
 * The only way between the host and the device: two chunks of pinned memory in turn. While the device copies one, the
 * host fills (or empties) the other, so that reading a file and crossing the bus overlap.
 *
 * <p>One transfer at a time. Whoever calls makes sure of it and of the current context.
 */
final class PinnedChunks {
  /**
   * 4 MB cross a bus of 25 GB/s in 160 µs, beside which the 5 to 10 µs of queueing a copy and its event are little;
   * larger chunks would leave the processor's caches before the device reads them. Reasoned, not measured.
   */
  static final long BYTES = 4L << 20;

  private final Driver driver;
  private final Streams streams;
  private final Chunk[] chunks = new Chunk[2];
  private final long passed;
  private int turn;

  /** @param releases receives what has to be given back, also when this constructor fails */
  PinnedChunks(Driver driver, Streams streams, long bytes, Releases releases) {
    this.driver = driver;
    this.streams = streams;
    passed = event(releases);
    for (int i = 0; i < chunks.length; i++) {
      MemorySegment memory = driver.allocateHost(bytes);
      releases.add(() -> driver.freeHost(memory));
      chunks[i] = new Chunk(memory, event(releases));
    }
  }

  private long event(Releases releases) {
    long event = driver.createEvent();
    releases.add(() -> driver.destroyEvent(event));
    return event;
  }

  /** Bytes in order, some at a time. */
  @FunctionalInterface
  interface Source {
    /** Fills the start of {@code chunk} with what follows the first {@code done} bytes; returns how many, at least 1. */
    long fill(long done, MemorySegment chunk);
  }

  /** The bytes of host memory. */
  static Source of(MemorySegment elements) {
    return (done, chunk) -> {
      long bytes = Math.min(elements.byteSize() - done, chunk.byteSize());
      MemorySegment.copy(elements, done, chunk, 0, bytes);
      return bytes;
    };
  }

  /** Copies to the device; kernels queued from now on find the bytes there. The source is read out on return. */
  void toDevice(long address, long bytes, Source source) {
    try {
      long done = 0;
      while (done < bytes) {
        Chunk chunk = next();
        long count = source.fill(done, chunk.memory);
        driver.copyToDevice(address + done, chunk.memory.asSlice(0, count), streams.copy());
        driver.record(chunk.copied, streams.copy());
        done += count;
      }
      driver.record(passed, streams.copy());
      driver.await(streams.compute(), passed);
    } catch (RuntimeException failed) {
      throw settled(failed);
    }
  }

  /** Copies to the host what all kernels queued so far leave at an address; the bytes are there on return. */
  void toHost(long address, MemorySegment destination) {
    driver.record(passed, streams.compute());
    toHost(address, destination, passed);
  }

  /** Copies to the host what lies at an address when an event has been passed; the bytes are there on return. */
  void toHost(long address, MemorySegment destination, long event) {
    try {
      driver.await(streams.copy(), event);
      long bytes = destination.byteSize();
      Chunk ahead = bytes == 0 ? null : fetch(address, bytes, 0);
      for (long done = 0; done < bytes;) {
        Chunk arriving = ahead;
        long count = Math.min(bytes - done, arriving.memory.byteSize());
        ahead = done + count < bytes ? fetch(address, bytes, done + count) : null;
        driver.synchronizeEvent(arriving.copied);
        MemorySegment.copy(arriving.memory, 0, destination, done, count);
        done += count;
      }
    } catch (RuntimeException failed) {
      throw settled(failed);
    }
  }

  private Chunk fetch(long address, long bytes, long done) {
    Chunk chunk = next();
    long count = Math.min(bytes - done, chunk.memory.byteSize());
    driver.copyToHost(chunk.memory.asSlice(0, count), address + done, streams.copy());
    driver.record(chunk.copied, streams.copy());
    return chunk;
  }

  /** The chunk whose turn it is, when the device is done with it. */
  private Chunk next() {
    Chunk chunk = chunks[turn];
    turn = 1 - turn;
    driver.synchronizeEvent(chunk.copied);
    return chunk;
  }

  /** After a failure in the middle nothing may be left that still writes to the buffer or reads a chunk. */
  private RuntimeException settled(RuntimeException failed) {
    try {
      driver.synchronize(streams.copy());
    } catch (DriverFailure alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
    return failed;
  }

  /** @param copied recorded behind the last copy; an event never recorded counts as passed */
  private record Chunk(MemorySegment memory, long copied) {}
}
