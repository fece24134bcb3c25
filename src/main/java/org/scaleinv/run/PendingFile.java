package org.scaleinv.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;

/**
 * A file that appears under its name whole or not at all: its content lies on disk under a temporary name beside it
 * until {@link #publish} renames it in one step.
 *
 * <p>The temporary name carries host and process, so that what a killed run left can be told from the work of a live
 * one.
 */
final class PendingFile implements AutoCloseable {
  static final String HOST = Machine.host().replaceAll("[^A-Za-z0-9-]", "_");
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.([A-Za-z0-9_-]+)\\.([0-9]{1,18})\\.tmp");
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path temporary;

  /** Writes the content of a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private PendingFile(Path target) {
    this.target = target;
    String suffix = "." + HOST + "." + ProcessHandle.current().pid() + ".tmp";
    this.temporary = target.resolveSibling("." + target.getFileName() + suffix);
  }

  /**
   * Writes a file's content to disk, not yet under its name.
   *
   * @throws EngineFailure when it cannot be written
   */
  static PendingFile of(Path target, Content content) {
    PendingFile file = new PendingFile(target);
    UNFINISHED.add(file.temporary);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.temporary), 1 << 16)) {
        content.writeTo(out);
      }
      flush(file.temporary, StandardOpenOption.WRITE);
      return file;
    } catch (IOException failure) {
      file.close();
      throw unwritable(target, failure);
    } catch (RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
  }

  Path temporary() {
    return temporary;
  }

  /** Gives the file its name, replacing one that has it. */
  void publish() {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      UNFINISHED.remove(temporary);
      flush(target.toAbsolutePath().getParent(), StandardOpenOption.READ);
    } catch (IOException failure) {
      throw unwritable(target, failure);
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() {
    if (UNFINISHED.remove(temporary)) {
      deleteQuietly(temporary);
    }
  }

  /** Removes every file of this process that is not published; for the end of an interrupted process. */
  static void closeAll() {
    UNFINISHED.forEach(PendingFile::deleteQuietly);
  }

  /** Removes what runs of this host that are dead left in a folder. */
  static void removeAbandoned(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(PendingFile::isAbandoned).forEach(PendingFile::deleteQuietly);
    } catch (IOException failure) {
      throw unwritable(folder, failure);
    }
  }

  private static boolean isAbandoned(Path file) {
    Matcher name = TEMPORARY.matcher(file.getFileName().toString());
    return name.matches()
        && name.group(1).equals(HOST)
        && ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty();
  }

  /** A file that stays behind is harmless: nothing reads it, and the next run removes it. */
  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      return;
    }
  }

  private static void flush(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  static EngineFailure unwritable(Path path, IOException failure) {
    return new EngineFailure("cannot write " + Escape.visible(path.toString()) + ": " + Reason.of(failure), failure);
  }
}
