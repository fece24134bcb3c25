package org.scaleinv.error;

/** A compute engine or its device failed: names the operation, the sizes and the engine. */
public final class EngineFailure extends ScaleinvException {
  private static final long serialVersionUID = 1L;

  public EngineFailure(String message) {
    this(message, null);
  }

  public EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 4;
  }
}
