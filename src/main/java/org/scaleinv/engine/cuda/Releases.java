package org.scaleinv.engine.cuda;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be given back, newest first, whatever fails on the way. */
final class Releases {
  private final Deque<Runnable> open = new ArrayDeque<>();

  void add(Runnable release) {
    open.push(release);
  }

  boolean done() {
    return open.isEmpty();
  }

  /**
   * Runs every release, one that the driver refuses twice: a call may also report what earlier work did. Not so after a
   * fault, which every call reports, also one that did release: a handle given back twice may end the process. Throws
   * the first refusal when all have run, the others suppressed in it.
   */
  void run() {
    DriverFailure first = null;
    while (!open.isEmpty()) {
      DriverFailure refused = attempt(open.pop());
      if (first == null) {
        first = refused;
      } else if (refused != null) {
        first.addSuppressed(refused);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static DriverFailure attempt(Runnable release) {
    try {
      release.run();
      return null;
    } catch (DriverFailure refused) {
      if (Failures.isFault(refused)) {
        return refused;
      }
      try {
        release.run();
      } catch (DriverFailure again) {
        refused.addSuppressed(again);
      }
      return refused;
    }
  }
}
