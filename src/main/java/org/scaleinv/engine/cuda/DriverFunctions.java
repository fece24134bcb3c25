package org.scaleinv.engine.cuda;

import java.util.List;

/** The driver's functions that the engine calls through JCuda, by the names that JCuda asks for. */
final class DriverFunctions {
  static final List<String> NAMES = List.of(
      "cuInit", "cuDriverGetVersion", "cuDeviceGet", "cuDeviceGetAttribute", "cuDeviceGetCount", "cuDeviceGetName",
      "cuDeviceTotalMem_v2", "cuDevicePrimaryCtxRetain", "cuDevicePrimaryCtxRelease_v2", "cuCtxSetCurrent",
      "cuModuleLoadData", "cuModuleUnload", "cuModuleGetFunction", "cuFuncSetAttribute", "cuLaunchKernel",
      "cuMemAlloc_v2", "cuMemFree_v2", "cuMemAllocHost_v2", "cuMemFreeHost", "cuMemGetInfo_v2", "cuMemsetD8Async",
      "cuMemcpyDtoDAsync_v2", "cuMemcpyDtoHAsync_v2", "cuMemcpyHtoDAsync_v2", "cuStreamCreate", "cuStreamDestroy_v2",
      "cuStreamSynchronize", "cuStreamWaitEvent", "cuEventCreate", "cuEventDestroy_v2", "cuEventElapsedTime",
      "cuEventRecord", "cuEventSynchronize");

  private DriverFunctions() {}
}
