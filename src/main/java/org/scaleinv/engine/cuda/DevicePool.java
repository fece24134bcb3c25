package org.scaleinv.engine.cuda;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Blocks of device memory. Freed ones are kept for the next buffer of about their size, as an allocation on the device
 * waits for all its work; when the device runs out, all that is kept goes back before anything fails.
 *
 * <p>A block is freed while kernels that read it may still be queued. The next kernel comes after them on the same
 * stream; a copy from the host, on the other stream, waits for the event that freeing left behind.
 *
 * <p>Safe for use by several threads at once; the context must be current.
 */
final class DevicePool {
  private final Driver driver;
  private final Streams streams;
  private final long keptLimit;
  private final Set<Block> all = new LinkedHashSet<>();
  private final List<Block> kept = new ArrayList<>();
  private long keptBytes;
  private long allBytes;

  /** @param keptLimit bytes of free blocks that are kept at most */
  DevicePool(Driver driver, Streams streams, long keptLimit) {
    this.driver = driver;
    this.streams = streams;
    this.keptLimit = keptLimit;
  }

  /** Device memory, and the event after which the other stream may write there. */
  static final class Block {
    private final long address;
    private final long bytes;
    private long freed;

    private Block(long address, long bytes) {
      this.address = address;
      this.bytes = bytes;
    }

    long address() {
      return address;
    }
  }

  /** A block of at least so many bytes, its content arbitrary; given back by {@link #give}. */
  synchronized Block take(long bytes) {
    Block block = takeKept(bytes);
    return block != null ? block : allocate(Math.max(bytes, 1));
  }

  /** Takes a block back; work already queued may go on using it. */
  synchronized void give(Block block) {
    if (!all.contains(block)) {
      return;
    }
    if (keptBytes + block.bytes > keptLimit) {
      driver.synchronize(streams.compute());
      free(block);
      return;
    }
    if (block.freed == 0) {
      block.freed = driver.createEvent();
    }
    driver.record(block.freed, streams.compute());
    kept.add(block);
    keptBytes += block.bytes;
  }

  /** Lets the copy stream wait until no kernel uses what the block held before. */
  void awaitFree(Block block) {
    if (block.freed != 0) {
      driver.await(streams.copy(), block.freed);
    }
  }

  /** Bytes that buffers could still be given: free on the device, or kept here. */
  synchronized long available() {
    return driver.freeMemory() + keptBytes;
  }

  /** Frees every block, also those in use, even when the driver refuses some; throws the first refusal. */
  synchronized void close() {
    var releases = new Releases();
    all.forEach(block -> add(releases, block));
    all.clear();
    kept.clear();
    releases.run();
  }

  /** The smallest that fits, unless more than half of it would lie idle. */
  private Block takeKept(long bytes) {
    Block best = null;
    for (Block block : kept) {
      boolean fits = block.bytes >= bytes && block.bytes / 2 <= bytes;
      if (fits && (best == null || block.bytes < best.bytes)) {
        best = block;
      }
    }
    if (best != null) {
      kept.remove(best);
      keptBytes -= best.bytes;
    }
    return best;
  }

  private Block allocate(long bytes) {
    try {
      return own(driver.allocate(bytes), bytes);
    } catch (DriverFailure failed) {
      if (failed.status() != Failures.OUT_OF_MEMORY) {
        throw failed;
      }
      if (kept.isEmpty()) {
        throw full(failed, bytes);
      }
    }
    giveBackKept();
    try {
      return own(driver.allocate(bytes), bytes);
    } catch (DriverFailure failed) {
      throw failed.status() == Failures.OUT_OF_MEMORY ? full(failed, bytes) : failed;
    }
  }

  private Block own(long address, long bytes) {
    var block = new Block(address, bytes);
    all.add(block);
    allBytes += bytes;
    return block;
  }

  private DriverFailure full(DriverFailure failed, long bytes) {
    return failed.advising(
        "asked for " + bytes + " bytes, " + driver.freeMemory() + " are free, open buffers hold " + allBytes
            + "; take a device with more memory, or --engine cpu");
  }

  private void giveBackKept() {
    driver.synchronize(streams.compute());
    while (!kept.isEmpty()) {
      Block block = kept.removeLast();
      keptBytes -= block.bytes;
      free(block);
    }
  }

  /** Forgets the block first: what a fault interrupts may have been released, and closing must not do it again. */
  private void free(Block block) {
    all.remove(block);
    allBytes -= block.bytes;
    var releases = new Releases();
    add(releases, block);
    releases.run();
  }

  private void add(Releases releases, Block block) {
    releases.add(() -> driver.free(block.address));
    if (block.freed != 0) {
      releases.add(() -> driver.destroyEvent(block.freed));
    }
  }
}
