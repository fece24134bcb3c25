package org.scaleinv.safetensors;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;

/**
 * A file open for positioned reads by any number of threads.
 *
 * <p>Java closes a channel under all its readers when one of them is interrupted. The interrupted reader ends in
 * {@link Cancelled}; the others open the file again, after making sure that it is the same, and go on.
 */
public final class PositionedFile implements AutoCloseable {
  /** Reads go in pieces of this size: a buffer holds 2^31 − 1 bytes at most, and an interrupt waits for one piece. */
  static final long LONGEST_READ = 1 << 26;

  /** Heap memory is reached through a copy, which the JDK would make as long as the whole read and keep. */
  private static final int HEAP_CHUNK = 1 << 20;

  private final Path path;
  private final Object identity;
  private final long length;
  private volatile boolean closed;
  private volatile FileChannel channel;

  private PositionedFile(Path path, FileChannel channel, BasicFileAttributes attributes) {
    this.path = path;
    this.channel = channel;
    identity = attributes.fileKey();
    length = attributes.size();
  }

  /** @throws BadInput when there is no such file, it is none, or it cannot be read */
  public static PositionedFile open(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new BadInput("not-a-file", name(path) + ": expected a regular file, found a folder or a device");
      }
      return new PositionedFile(path, FileChannel.open(path, StandardOpenOption.READ), attributes);
    } catch (NoSuchFileException missing) {
      throw new BadInput("no-such-file", name(path) + ": no such file", missing);
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
  }

  Path path() {
    return path;
  }

  /** The file's path, safe to print. */
  public String name() {
    return name(path);
  }

  /** Bytes in the file when it was opened. */
  public long length() {
    return length;
  }

  /**
   * Fills {@code destination} from {@code position} on.
   *
   * @return bytes read; fewer than asked for only where the file ends
   * @throws IllegalStateException after close
   */
  public long read(long position, MemorySegment destination) {
    return destination.isNative() ? readNative(position, destination) : readHeap(position, destination);
  }

  private long readNative(long position, MemorySegment destination) {
    long done = 0;
    while (done < destination.byteSize()) {
      long piece = Math.min(destination.byteSize() - done, LONGEST_READ);
      int got = readOnce(position + done, destination.asSlice(done, piece).asByteBuffer());
      if (got < 0) {
        break;
      }
      done += got;
    }
    return done;
  }

  private long readHeap(long position, MemorySegment destination) {
    byte[] chunk = new byte[(int) Math.min(destination.byteSize(), HEAP_CHUNK)];
    long done = 0;
    while (done < destination.byteSize()) {
      int piece = (int) Math.min(destination.byteSize() - done, chunk.length);
      int got = readOnce(position + done, ByteBuffer.wrap(chunk, 0, piece));
      if (got < 0) {
        break;
      }
      MemorySegment.copy(chunk, 0, destination, ValueLayout.JAVA_BYTE, done, got);
      done += got;
    }
    return done;
  }

  private int readOnce(long position, ByteBuffer target) {
    while (true) {
      FileChannel current = channel;
      if (closed) {
        throw new IllegalStateException(name() + " is closed");
      }
      try {
        return current.read(target, position);
      } catch (ClosedByInterruptException interrupted) {
        throw new Cancelled();
      } catch (ClosedChannelException closedUnderUs) {
        reopen(current);
      } catch (IOException failure) {
        throw unreadable(path, failure);
      }
    }
  }

  private synchronized void reopen(FileChannel dead) {
    if (closed || channel != dead) {
      return;
    }
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (now.size() != length || !Objects.equals(now.fileKey(), identity)) {
        throw new BadInput("file-changed", name() + ": expected the file that was opened, found another in its place");
      }
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
  }

  private static String name(Path path) {
    return Escape.visible(path.toString());
  }

  static BadInput unreadable(Path path, IOException failure) {
    return new BadInput("unreadable", name(path) + ": cannot be read: " + Reason.of(failure), failure);
  }
}
