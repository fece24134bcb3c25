package org.scaleinv.run.bench;

import org.scaleinv.engine.Engine;

/**
 * One thing that an engine does, at one size.
 *
 * @param name "widen.bf16.f32": what comes before a dot names a group
 * @param sizes of what is worked on
 * @param sharing by how many threads it may be worked on
 */
public record Operation(String name, String sizes, Sharing sharing, Cost cost, Preparation preparation) {

  /** Who works on one call of an operation. */
  public enum Sharing {
    /** The calling thread. */
    ONE_THREAD,
    /** As many as the caller allows. */
    ALL_THREADS,
    /** The calling thread, between the host's memory and the engine's. */
    TRANSFER
  }

  /** Makes ready, on an engine, what the operation works on. */
  @FunctionalInterface
  public interface Preparation {
    Trial on(Engine engine, int threads);
  }

  /** The operation made ready; the caller closes it. */
  public Trial on(Engine engine, int threads) {
    return preparation.on(engine, threads(threads));
  }

  /** How many threads work on it where the caller allows so many. */
  int threads(int allowed) {
    return sharing == Sharing.ALL_THREADS ? allowed : 1;
  }

  /** Whether an argument of a command means this operation: its name, or the group that it belongs to. */
  boolean isMeantBy(String argument) {
    return name.equals(argument) || name.startsWith(argument + ".");
  }
}
