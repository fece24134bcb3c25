package org.scaleinv.engine;

import org.scaleinv.tensor.DType;

/**
 * A row-major matrix in an engine's own memory (native memory, device memory): opaque to everyone but that engine.
 *
 * <p>Whoever received a buffer closes it. Not safe for use by several threads at once.
 */
public interface Buffer extends AutoCloseable {
  DType dtype();

  long rows();

  long columns();

  Engine engine();

  @Override
  void close();
}
