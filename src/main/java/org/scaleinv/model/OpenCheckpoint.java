package org.scaleinv.model;

import java.util.List;

/** A checkpoint whose files are open. Reading its tensors after close is an error that says so. */
public interface OpenCheckpoint extends AutoCloseable {
  Checkpoint checkpoint();

  /** What a user should know of how it was read: which of two forms was used, sizes that disagree. */
  List<String> warnings();

  @Override
  void close();
}
