package org.scaleinv.error;

/**
 * What the work needs failed: a compute engine or its device (the message names the operation, the sizes and the
 * engine), memory, or the disk that results go to (it names the file).
 */
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
