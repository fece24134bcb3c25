package org.scaleinv.error;

/** The command was called in a way that cannot work, found after its arguments were parsed. */
public final class UsageError extends ScaleinvException {
  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message, null);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
