package org.scaleinv.engine.cuda;

import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;

/** cuBLAS 12 by JCublas. */
final class JCublasBlas extends Cublas {
  private final cublasHandle handle = new cublasHandle();
  private final Pointer one = Pointer.to(new double[] {1});
  private final Pointer zero = Pointer.to(new double[] {0});
  private final Pointer oneFloat = Pointer.to(new float[] {1});
  private final Pointer zeroFloat = Pointer.to(new float[] {0});
  private final String name;

  /** The libraries must be loaded and the context current. */
  JCublasBlas(cudaStream_t stream) {
    check("cublasCreate", JCublas2.cublasCreate(handle));
    try {
      check("cublasSetStream", JCublas2.cublasSetStream(handle, stream));
      int[] version = new int[1];
      check("cublasGetVersion", JCublas2.cublasGetVersion(handle, version));
      name = name(version[0]);
    } catch (DriverFailure failed) {
      JCublas2.cublasDestroy(handle);
      throw failed;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  int updateSymmetric(int operation, int n, int k, long a, long c) {
    int lead = operation == NOT_TRANSPOSED ? n : k;
    return JCublas2.cublasDsyrk(
        handle, UPPER, operation, n, k, one, JCudaDriver.device(a), lead, one, JCudaDriver.device(c), n);
  }

  @Override
  int multiplyDoubles(int n, long a, long b, long c) {
    Pointer left = JCudaDriver.device(a);
    Pointer right = JCudaDriver.device(b);
    int plain = NOT_TRANSPOSED;
    return JCublas2.cublasDgemm(
        handle, plain, plain, n, n, n, one, left, n, right, n, zero, JCudaDriver.device(c), n);
  }

  @Override
  int multiplyFloats(int n, long a, long b, long c) {
    Pointer left = JCudaDriver.device(a);
    Pointer right = JCudaDriver.device(b);
    int plain = NOT_TRANSPOSED;
    return JCublas2.cublasSgemm(
        handle, plain, plain, n, n, n, oneFloat, left, n, right, n, zeroFloat, JCudaDriver.device(c), n);
  }

  @Override
  int destroy() {
    return JCublas2.cublasDestroy(handle);
  }
}
