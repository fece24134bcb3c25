package org.scaleinv.run;

/**
 * Something to be done that is independent of all other jobs.
 *
 * @param name for error messages
 * @param cost expected floating-point operations, or as much time in them
 * @param bytes expected memory while it runs
 */
record Job(String name, double cost, long bytes, Body body) {

  /** What the job does. */
  interface Body {
    /**
     * @param threads how many threads it may use
     */
    void run(int threads);
  }
}
