package org.scaleinv.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scaleinv.run.Progress;
import org.scaleinv.run.Sizes;

/**
 * Progress on standard error: one line that is written over and over on a terminal, else a line now and then.
 *
 * <p>The time left takes the rest to go at the speed of what is done.
 */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final double TERMINAL_SECONDS = 0.5;
  private static final double LOG_SECONDS = 10;
  private static final int LINE = 78;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final Thread ticker;
  private final long began = System.nanoTime();

  private String stage = "";
  private double expected;
  private double done;
  private boolean lineShown;

  TerminalProgress(PrintWriter err) {
    this.err = err;
    this.terminal = isTerminal();
    this.ticker = Thread.ofPlatform().daemon().name("progress").start(this::tick);
  }

  static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      boolean device = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      return device && !"dumb".equals(System.getenv("TERM"));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void note(String line) {
    clear();
    err.println("scaleinv: " + line);
  }

  @Override
  public synchronized void expect(double cost) {
    expected = cost;
  }

  @Override
  public synchronized void skip(double cost) {
    expected -= cost;
  }

  @Override
  public synchronized void stage(String what) {
    stage = what;
  }

  @Override
  public synchronized void advance(double cost) {
    done += cost;
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep((long) (1000 * (terminal ? TERMINAL_SECONDS : LOG_SECONDS)));
        show();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void show() {
    if (expected <= 0) {
      return;
    }
    double share = Math.min(done / expected, 1);
    String percent = (int) (100 * share) + " %";
    String line = stage.length() + percent.length() + 20 > LINE ? percent : stage + "  " + percent;
    double seconds = (System.nanoTime() - began) / 1e9;
    if (done > 0) {
      line += ", " + Sizes.duration(seconds * (1 - share) / share) + " left";
    }
    if (terminal) {
      err.print(CLEAR_LINE + line);
      err.flush();
      lineShown = true;
    } else {
      err.println(line);
    }
  }

  private void clear() {
    if (lineShown) {
      err.print(CLEAR_LINE);
      err.flush();
      lineShown = false;
    }
  }

  /** Ends the progress and removes its line. */
  @Override
  public void close() {
    ticker.interrupt();
    synchronized (this) {
      expected = 0;
      clear();
    }
  }
}
