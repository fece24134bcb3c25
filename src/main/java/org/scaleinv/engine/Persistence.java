package org.scaleinv.engine;

/**
 * Persistent homology of Vietoris–Rips filtrations: a simplex appears at the length of its longest edge.
 *
 * <p>Diagrams are the same for any number of threads and whichever speed-ups are on, and the same on every engine for the
 * same distances. Lengths are F32; what is born and dies at one length is not listed.
 */
public interface Persistence {
  /**
   * Of points with given distances.
   *
   * @param distances (n, n) F32, symmetric to the bit, 0 on the diagonal, ≥ 0, infinite for pairs that are never joined
   * @throws org.scaleinv.error.EngineFailure for distances that are none, naming the entry; for a computation past its
   *     limit of memory, naming the bytes
   * @throws org.scaleinv.error.Cancelled when {@code progress} asked for it
   */
  PersistentHomology dense(Buffer distances, Rips rips, int threads, Progress progress);

  /** The same of a graph: pairs that it does not hold are never joined. */
  PersistentHomology sparse(DistanceGraph graph, Rips rips, int threads, Progress progress);

  /**
   * Bytes that a computation is sure to need, its input included, before it is begun.
   *
   * @param edges those within the threshold, n(n − 1)/2 where that is not known
   */
  long bytes(long points, long edges, boolean sparse, Rips rips);

  /** Hears how far a computation has come, on the calling thread. */
  @FunctionalInterface
  interface Progress {
    /** Hears nothing and lets everything go on. */
    Progress NONE = (dimension, done, total) -> true;

    /**
     * @param dimension whose columns are being reduced; −1 before the first one
     * @param done of {@code total} columns
     * @return false to end the computation
     */
    boolean at(int dimension, long done, long total);
  }
}
