package org.scaleinv.error;

/** Everything that can go wrong for a reason a user can act on; the command line maps each kind to one exit code. */
public abstract sealed class ScaleinvException extends RuntimeException
    permits BadInput, EngineFailure, UsageError, Cancelled {
  private static final long serialVersionUID = 1L;

  ScaleinvException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The process exit code that this kind of failure ends in. */
  public abstract int exitCode();
}
