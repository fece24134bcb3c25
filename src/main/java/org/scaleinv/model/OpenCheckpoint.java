package org.scaleinv.model;

import java.util.List;

/** A checkpoint whose files are open. Reading its tensors after close is an error that says so. */
public interface OpenCheckpoint extends AutoCloseable {
  Checkpoint checkpoint();

  /** What a user should know of how it was read: which of two forms was used, sizes that disagree. */
  List<String> warnings();

  /**
   * SHA-256 of the weights, in lower-case hexadecimal: of the file where there is one (what sha256sum prints), of the
   * lines that sha256sum would print for the shards, sorted by name, where there are several. Reads every byte.
   */
  String digest(int threads);

  @Override
  void close();
}
