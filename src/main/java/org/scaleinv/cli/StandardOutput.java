package org.scaleinv.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process's standard output, which remembers why it failed: a reader that has seen enough ({@code | head}) is no
 * failure, a full disk is one.
 */
final class StandardOutput extends OutputStream {
  private static final String CLOSED_BY_READER = "Broken pipe";
  private static final Path TARGET = Path.of("/proc/self/fd/1");

  private final OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
  private String failure;
  private boolean ended;

  /** The first failure's reason; null when all went out or the reader closed it. */
  String failure() {
    return failure;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    attempt(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  /** The text of a failure follows the locale; a pipe only fails when its reader is gone. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(TARGET).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private void attempt(Attempt attempt) {
    if (ended) {
      return;
    }
    try {
      attempt.run();
    } catch (IOException e) {
      ended = true;
      failure = CLOSED_BY_READER.equals(e.getMessage()) || isPipe() ? null : e.getMessage();
    }
  }
}
