package org.scaleinv.engine.cuda;

/** A driver or cuBLAS call that failed: its name and the library's own name for the error. Never leaves the engine. */
final class DriverFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String call;
  private final int status;
  private final String advice;

  DriverFailure(String call, int status, String statusName) {
    super(call + " failed with " + statusName);
    this.call = call;
    this.status = status;
    this.advice = "";
  }

  private DriverFailure(DriverFailure cause, String advice) {
    super(cause.getMessage(), cause);
    this.call = cause.call;
    this.status = cause.status;
    this.advice = advice;
  }

  /** The same failure with what its caller knows about it. */
  DriverFailure advising(String known) {
    return new DriverFailure(this, known);
  }

  String call() {
    return call;
  }

  /** The CUresult or cublasStatus_t. */
  int status() {
    return status;
  }

  /** What is known about it and what to do, or "". */
  String advice() {
    return advice;
  }
}
