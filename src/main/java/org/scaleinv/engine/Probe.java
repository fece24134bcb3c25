package org.scaleinv.engine;

import java.util.List;
import java.util.Optional;

/**
 * The two plain tasks that bound every other on an engine, for comparison: moving memory and multiplying matrices.
 *
 * <p>Work may go on after a method of this engine has returned, until {@link #await}. Buffers are of the same size;
 * nothing is allocated.
 */
public interface Probe {
  /** Whether the engine's memory is the host's, so that {@code upload} and {@code download} are copies like any other. */
  boolean sharesHostMemory();

  /** Waits until all that the calling thread has asked of the engine is done. */
  void await();

  /** Copies all elements; moves twice the buffer's bytes. */
  void copy(Buffer from, Buffer to, int threads);

  /** Why the engine has no {@link #multiply} here; empty where it has. */
  default Optional<String> noProduct() {
    return Optional.empty();
  }

  /**
   * product = left·right, by the best matrix product that the engine has; 2·n³ FLOP.
   *
   * @param left (n, n), F32 or F64 as the other two
   * @throws org.scaleinv.error.EngineFailure when it has none
   */
  void multiply(Buffer left, Buffer right, Buffer product, int threads);

  /**
   * Runs work and tells what each kernel launched in it took on the device, in the order of their first launches; empty
   * for an engine that has no device. Waits until all is done.
   *
   * <p>Events around every launch cost time on the host: what the work takes by the host's clock is not to be timed in
   * the same run. One thread at a time.
   */
  default List<KernelTime> timed(Runnable work) {
    work.run();
    await();
    return List.of();
  }
}
