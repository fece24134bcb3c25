package org.scaleinv.model;

/** Opens models. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Opens a model: a file, a folder, or {@code hf:org/name[@revision]}. The files stay open for positioned reads until
   * the returned handle is closed.
   *
   * @throws org.scaleinv.error.BadInput when it is none, or breaks a rule of the format
   */
  public static OpenCheckpoint open(String model) {
    throw new UnsupportedOperationException();
  }
}
