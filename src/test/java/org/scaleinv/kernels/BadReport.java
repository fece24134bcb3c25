package org.scaleinv.kernels;

/** Why there is no report: the message says what is missing or contradicts itself, and where. */
final class BadReport extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadReport(String message) {
    super(message);
  }
}
