// The driver and cuBLAS functions that the tests call, and what the tests share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "../../tests/check.hpp"
#include "../driver/cuda.hpp"

using emulator::DeviceAddress;
using emulator::Handle;
using Size = std::size_t;

extern "C" {
int cuInit(unsigned);
int cuDriverGetVersion(int*);
int cuDeviceGetCount(int*);
int cuDeviceGet(int*, int);
int cuDeviceGetName(char*, int, int);
int cuDeviceTotalMem_v2(Size*, int);
int cuDeviceGetAttribute(int*, int, int);
int cuDeviceComputeCapability(int*, int*, int);
int cuDeviceGetUuid(unsigned char*, int);
int cuDeviceGetUuid_v2(unsigned char*, int);
int cuDevicePrimaryCtxRetain(Handle*, int);
int cuDevicePrimaryCtxRelease_v2(int);
int cuDevicePrimaryCtxReset_v2(int);
int cuDevicePrimaryCtxGetState(int, unsigned*, int*);
int cuCtxSetCurrent(Handle);
int cuCtxGetCurrent(Handle*);
int cuCtxPushCurrent_v2(Handle);
int cuCtxPopCurrent_v2(Handle*);
int cuCtxGetDevice(int*);
int cuCtxSynchronize();
int cuModuleLoadData(Handle*, const void*);
int cuModuleLoadDataEx(Handle*, const void*, unsigned, int*, void**);
int cuModuleLoadFatBinary(Handle*, const void*);
int cuModuleUnload(Handle);
int cuModuleGetFunction(Handle*, Handle, const char*);
int cuFuncGetAttribute(int*, int, Handle);
int cuFuncSetAttribute(Handle, int, int);
int cuFuncSetCacheConfig(Handle, int);
int cuMemGetInfo_v2(Size*, Size*);
int cuMemAlloc_v2(DeviceAddress*, Size);
int cuMemFree_v2(DeviceAddress);
int cuMemHostAlloc(void**, Size, unsigned);
int cuMemAllocHost_v2(void**, Size);
int cuMemFreeHost(void*);
int cuMemHostGetDevicePointer_v2(DeviceAddress*, void*, unsigned);
int cuMemcpyHtoD_v2(DeviceAddress, const void*, Size);
int cuMemcpyDtoH_v2(void*, DeviceAddress, Size);
int cuMemcpyDtoD_v2(DeviceAddress, DeviceAddress, Size);
int cuMemcpyHtoDAsync_v2(DeviceAddress, const void*, Size, Handle);
int cuMemcpyDtoHAsync_v2(void*, DeviceAddress, Size, Handle);
int cuMemcpyDtoDAsync_v2(DeviceAddress, DeviceAddress, Size, Handle);
int cuMemsetD8_v2(DeviceAddress, unsigned char, Size);
int cuMemsetD8Async(DeviceAddress, unsigned char, Size, Handle);
int cuMemsetD32_v2(DeviceAddress, unsigned, Size);
int cuMemsetD32Async(DeviceAddress, unsigned, Size, Handle);
int cuStreamCreate(Handle*, unsigned);
int cuStreamCreateWithPriority(Handle*, unsigned, int);
int cuStreamDestroy_v2(Handle);
int cuStreamSynchronize(Handle);
int cuStreamQuery(Handle);
int cuStreamWaitEvent(Handle, Handle, unsigned);
int cuEventCreate(Handle*, unsigned);
int cuEventDestroy_v2(Handle);
int cuEventRecord(Handle, Handle);
int cuEventSynchronize(Handle);
int cuEventQuery(Handle);
int cuEventElapsedTime(float*, Handle, Handle);
int cuEventElapsedTime_v2(float*, Handle, Handle);
int cuLaunchKernel(Handle, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, Handle, void**,
                   void**);
int cuGetErrorName(int, const char**);
int cuGetErrorString(int, const char**);
int cublasCreate_v2(Handle*);
int cublasDestroy_v2(Handle);
int cublasGetVersion_v2(Handle, int*);
int cublasGetProperty(int, int*);
int cublasSetStream_v2(Handle, Handle);
int cublasGetStream_v2(Handle, Handle*);
int cublasSetPointerMode_v2(Handle, int);
int cublasSetMathMode(Handle, int);
int cublasGetMathMode(Handle, int*);
int cublasSgemm_v2(Handle, int, int, int, int, int, const float*, const float*, int, const float*, int, const float*,
                   float*, int);
int cublasDgemm_v2(Handle, int, int, int, int, int, const double*, const double*, int, const double*, int,
                   const double*, double*, int);
int cublasSsyrk_v2(Handle, int, int, int, int, const float*, const float*, int, const float*, float*, int);
int cublasDsyrk_v2(Handle, int, int, int, int, const double*, const double*, int, const double*, double*, int);
}

constexpr char stub_ptx[] = ".version 6.4\n.target sm_70\n.address_size 64\n";

// The first device's context, current on this thread, and a module; everything else as at the start.
class Session {
 public:
  Session() {
    emulator_reset();
    CHECK(cuInit(0) == 0);
    CHECK(cuDevicePrimaryCtxRetain(&context, 0) == 0);
    CHECK(cuCtxSetCurrent(context) == 0);
    CHECK(cuModuleLoadData(&module, stub_ptx) == 0);
  }

  ~Session() {
    cuModuleUnload(module);
    cuCtxSetCurrent(0);
    CHECK(cuDevicePrimaryCtxRelease_v2(0) == 0);
  }

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Handle function(const char* name) const {
    Handle found = 0;
    CHECK(cuModuleGetFunction(&found, module, name) == 0);
    return found;
  }

  template <class... Arguments>
  int launch(const char* name, Handle stream, Arguments... arguments) const {
    void* parameters[] = {static_cast<void*>(&arguments)..., nullptr};
    return cuLaunchKernel(function(name), 1, 1, 1, 1, 1, 1, 0, stream, parameters, nullptr);
  }

  Handle context = 0, module = 0;
};

inline DeviceAddress device_memory(Size bytes) {
  DeviceAddress address = 0;
  CHECK(cuMemAlloc_v2(&address, bytes) == 0);
  return address;
}

template <class Number>
Number* pinned_memory(Size count) {
  void* block = nullptr;
  CHECK(cuMemHostAlloc(&block, count * sizeof(Number), 0) == 0);
  return static_cast<Number*>(block);
}

inline Handle new_stream() {
  Handle stream = 0;
  CHECK(cuStreamCreate(&stream, emulator::stream_non_blocking) == 0);
  return stream;
}

inline Handle new_event() {
  Handle event = 0;
  CHECK(cuEventCreate(&event, 0) == 0);
  return event;
}

inline bool fault_says(const char* words) { return std::strstr(emulator_fault(), words) != nullptr; }

inline bool nothing_alive() {
  for (const char* figure : {"allocations", "bytes", "pinned", "streams", "events", "modules", "contexts", "handles"}) {
    if (emulator_count(figure) != 0) {
      std::printf("%s: %lld alive\n", figure, static_cast<long long>(emulator_count(figure)));
      return false;
    }
  }
  return true;
}
