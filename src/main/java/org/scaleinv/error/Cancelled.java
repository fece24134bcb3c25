package org.scaleinv.error;

/** The user interrupted the work. */
public final class Cancelled extends ScaleinvException {
  private static final long serialVersionUID = 1L;

  public Cancelled() {
    super("interrupted", null);
  }

  @Override
  public int exitCode() {
    return 130;
  }
}
