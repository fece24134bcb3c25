package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.scaleinv.bindings.Scaleinv;

/**
 * Native blocks for buffers. Freed blocks are kept for the next buffer of about their size: the pages of a fresh block
 * are faulted in one by one, which costs as much as filling it twice.
 *
 * <p>Safe for use by several threads at once.
 */
final class BlockPool implements AutoCloseable {
  /** Bytes of free blocks kept in all; panels and Gram matrices of two threads at width 1024 fit. */
  private static final long KEPT_BYTES = 64L << 20;

  /** Those freed longest ago first. */
  private final Deque<MemorySegment> free = new ArrayDeque<>();
  private long freeBytes;
  private boolean closed;

  /** A block of at least so many bytes, aligned to 64, its content arbitrary; given back by {@link #give}. */
  MemorySegment take(long bytes) {
    MemorySegment kept = takeKept(bytes);
    return kept != null ? kept : allocate(bytes);
  }

  /** Keeps the block, and in its place lets go those that nobody has wanted for longest. */
  void give(MemorySegment block) {
    List<MemorySegment> leaving = new ArrayList<>();
    synchronized (this) {
      if (closed || block.byteSize() > KEPT_BYTES) {
        leaving.add(block);
      } else {
        free.addLast(block);
        freeBytes += block.byteSize();
        while (freeBytes > KEPT_BYTES) {
          MemorySegment oldest = free.removeFirst();
          freeBytes -= oldest.byteSize();
          leaving.add(oldest);
        }
      }
    }
    leaving.forEach(Scaleinv::scaleinv_release);
  }

  @Override
  public synchronized void close() {
    closed = true;
    free.forEach(Scaleinv::scaleinv_release);
    free.clear();
    freeBytes = 0;
  }

  /** The smallest that fits, unless more than half of it would lie idle. */
  private synchronized MemorySegment takeKept(long bytes) {
    if (closed) {
      throw new IllegalStateException("the cpu engine is closed");
    }
    MemorySegment best = null;
    for (MemorySegment block : free) {
      boolean fits = block.byteSize() >= bytes && block.byteSize() / 2 <= bytes;
      if (fits && (best == null || block.byteSize() < best.byteSize())) {
        best = block;
      }
    }
    if (best != null) {
      free.removeFirstOccurrence(best);
      freeBytes -= best.byteSize();
    }
    return best;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment allocate(long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ValueLayout.ADDRESS);
      Native.check(Scaleinv.scaleinv_allocate(bytes, address), () -> "allocate " + bytes + " bytes");
      return address.get(ValueLayout.ADDRESS, 0).reinterpret(Math.max(bytes, 1));
    }
  }
}
