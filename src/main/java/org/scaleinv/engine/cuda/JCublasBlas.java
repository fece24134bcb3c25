package org.scaleinv.engine.cuda;

import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;

/** cuBLAS 12 by JCublas. */
final class JCublasBlas extends Cublas {
  private final cublasHandle handle = new cublasHandle();
  private final Pointer one = Pointer.to(new double[] {1});
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
  public void close() {
    check("cublasDestroy", JCublas2.cublasDestroy(handle));
  }
}
