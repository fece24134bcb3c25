package org.scaleinv.engine.cuda;

/**
 * cuBLAS, whichever way it is bound. A row-major matrix is the transpose of a column-major one, so that the lower
 * triangle asked for is cuBLAS's upper one.
 *
 * <p>A handle is not for several threads at once: calls are synchronized.
 */
abstract sealed class Cublas implements Blas permits JCublasBlas, PanamaBlas {
  // cublasFillMode_t and cublasOperation_t
  static final int UPPER = 1;
  static final int NOT_TRANSPOSED = 0;
  static final int TRANSPOSED = 1;

  private boolean closed;

  @Override
  public synchronized void accumulateGram(long gram, long order, long panel, long length, boolean acrossColumns) {
    if (order == 0 || length == 0) {
      return;
    }
    int n = size(order);
    int k = size(length);
    check("cublasDsyrk", updateSymmetric(acrossColumns ? TRANSPOSED : NOT_TRANSPOSED, n, k, panel, gram));
  }

  /**
   * The upper triangle of column-major C (n, n) += A·Aᵀ of A (n, k), or Aᵀ·A of A (k, n) when transposed; no gaps
   * between columns.
   *
   * @return the cublasStatus_t
   */
  abstract int updateSymmetric(int operation, int n, int k, long a, long c);

  /** "cuBLAS 12.6.1"; up to version 11 the number has three digits behind the major version, then four. */
  static String name(int version) {
    int major = version / (version < 100_000 ? 1000 : 10_000);
    return "cuBLAS " + major + "." + version / 100 % (version < 100_000 ? 10 : 100) + "." + version % 100;
  }

  @Override
  public synchronized void multiply(boolean doubles, long order, long left, long right, long product) {
    int n = size(order);
    if (doubles) {
      check("cublasDgemm", multiplyDoubles(n, right, left, product));
    } else {
      check("cublasSgemm", multiplyFloats(n, right, left, product));
    }
  }

  /** Column-major C = A·B, all (n, n); both give the cublasStatus_t. */
  abstract int multiplyDoubles(int n, long a, long b, long c);

  abstract int multiplyFloats(int n, long a, long b, long c);

  /** Destroys the handle once, whatever the answer: a refused call may have freed it, and a second would read it. */
  @Override
  public final synchronized void close() {
    if (!closed) {
      closed = true;
      check("cublasDestroy", destroy());
    }
  }

  /** @return the cublasStatus_t */
  abstract int destroy();

  private static int size(long extent) {
    if (extent > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("cuBLAS takes no side of " + extent + " elements");
    }
    return (int) extent;
  }

  static void check(String call, int status) {
    if (status != 0) {
      throw new DriverFailure(call, status, statusName(status));
    }
  }

  private static String statusName(int status) {
    return switch (status) {
      case 1 -> "CUBLAS_STATUS_NOT_INITIALIZED";
      case 3 -> "CUBLAS_STATUS_ALLOC_FAILED";
      case 7 -> "CUBLAS_STATUS_INVALID_VALUE";
      case 8 -> "CUBLAS_STATUS_ARCH_MISMATCH";
      case 11 -> "CUBLAS_STATUS_MAPPING_ERROR";
      case 13 -> "CUBLAS_STATUS_EXECUTION_FAILED";
      case 14 -> "CUBLAS_STATUS_INTERNAL_ERROR";
      case 15 -> "CUBLAS_STATUS_NOT_SUPPORTED";
      case 16 -> "CUBLAS_STATUS_LICENSE_ERROR";
      default -> "cublasStatus_t " + status;
    };
  }
}
