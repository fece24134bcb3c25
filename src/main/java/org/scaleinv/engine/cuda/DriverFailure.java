package org.scaleinv.engine.cuda;

/** A driver call that failed: its name and the driver's own name for the error. Never leaves the engine. */
final class DriverFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String call;
  private final int status;

  DriverFailure(String call, int status, String statusName) {
    super(call + " failed with " + statusName);
    this.call = call;
    this.status = status;
  }

  String call() {
    return call;
  }

  /** The CUresult or cublasStatus_t. */
  int status() {
    return status;
  }
}
