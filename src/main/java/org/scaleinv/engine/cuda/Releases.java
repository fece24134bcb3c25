package org.scaleinv.engine.cuda;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be given back, newest first, whatever fails on the way. */
final class Releases {
  private final Deque<Runnable> open = new ArrayDeque<>();

  void add(Runnable release) {
    open.push(release);
  }

  /** Runs each release once, and throws the first driver failure when all have run, the others suppressed in it. */
  void run() {
    DriverFailure first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().run();
      } catch (DriverFailure failed) {
        if (first == null) {
          first = failed;
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
