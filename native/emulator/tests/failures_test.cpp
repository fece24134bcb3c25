// Every function can be made to fail, once, at the call that was named.
#include <string>

#include "api.hpp"

using namespace emulator;

namespace {

template <class... Arguments>
int with_zeros(int (*function)(Arguments...)) {
  return function(Arguments{}...);
}

std::int64_t planned = 0;

template <class... Arguments>
void fails_as_planned(const char* name, int (*function)(Arguments...)) {
  planned++;
  emulator_reset();
  CHECK(emulator_fail(name, 1, out_of_memory) == 0);
  CHECK(with_zeros(function) == out_of_memory);
  CHECK(emulator_count((std::string("calls ") + name).c_str()) == 1);
  CHECK(std::string(emulator_called()) == std::string(name) + "\n");
}

#define FAILS(name) fails_as_planned(#name, name)

void every_function_fails_as_planned() {
  FAILS(cuInit);
  FAILS(cuDriverGetVersion);
  FAILS(cuDeviceGetCount);
  FAILS(cuDeviceGet);
  FAILS(cuDeviceGetName);
  FAILS(cuDeviceTotalMem_v2);
  FAILS(cuDeviceGetAttribute);
  FAILS(cuDeviceComputeCapability);
  FAILS(cuDeviceGetUuid);
  FAILS(cuDeviceGetUuid_v2);
  FAILS(cuDevicePrimaryCtxRetain);
  FAILS(cuDevicePrimaryCtxRelease_v2);
  FAILS(cuDevicePrimaryCtxReset_v2);
  FAILS(cuDevicePrimaryCtxGetState);
  FAILS(cuCtxSetCurrent);
  FAILS(cuCtxGetCurrent);
  FAILS(cuCtxPushCurrent_v2);
  FAILS(cuCtxPopCurrent_v2);
  FAILS(cuCtxGetDevice);
  FAILS(cuCtxSynchronize);
  FAILS(cuModuleLoadData);
  FAILS(cuModuleLoadDataEx);
  FAILS(cuModuleLoadFatBinary);
  FAILS(cuModuleUnload);
  FAILS(cuModuleGetFunction);
  FAILS(cuFuncGetAttribute);
  FAILS(cuFuncSetAttribute);
  FAILS(cuFuncSetCacheConfig);
  FAILS(cuMemGetInfo_v2);
  FAILS(cuMemAlloc_v2);
  FAILS(cuMemFree_v2);
  FAILS(cuMemHostAlloc);
  FAILS(cuMemAllocHost_v2);
  FAILS(cuMemFreeHost);
  FAILS(cuMemHostGetDevicePointer_v2);
  FAILS(cuMemcpyHtoD_v2);
  FAILS(cuMemcpyDtoH_v2);
  FAILS(cuMemcpyDtoD_v2);
  FAILS(cuMemcpyHtoDAsync_v2);
  FAILS(cuMemcpyDtoHAsync_v2);
  FAILS(cuMemcpyDtoDAsync_v2);
  FAILS(cuMemsetD8_v2);
  FAILS(cuMemsetD8Async);
  FAILS(cuMemsetD32_v2);
  FAILS(cuMemsetD32Async);
  FAILS(cuStreamCreate);
  FAILS(cuStreamCreateWithPriority);
  FAILS(cuStreamDestroy_v2);
  FAILS(cuStreamSynchronize);
  FAILS(cuStreamQuery);
  FAILS(cuStreamWaitEvent);
  FAILS(cuEventCreate);
  FAILS(cuEventDestroy_v2);
  FAILS(cuEventRecord);
  FAILS(cuEventSynchronize);
  FAILS(cuEventQuery);
  FAILS(cuEventElapsedTime);
  FAILS(cuEventElapsedTime_v2);
  FAILS(cuLaunchKernel);
  FAILS(cuGetErrorName);
  FAILS(cuGetErrorString);
  FAILS(cublasCreate_v2);
  FAILS(cublasDestroy_v2);
  FAILS(cublasGetVersion_v2);
  FAILS(cublasGetProperty);
  FAILS(cublasSetStream_v2);
  FAILS(cublasGetStream_v2);
  FAILS(cublasSetPointerMode_v2);
  FAILS(cublasSetMathMode);
  FAILS(cublasGetMathMode);
  FAILS(cublasSgemm_v2);
  FAILS(cublasDgemm_v2);
  FAILS(cublasSsyrk_v2);
  FAILS(cublasDsyrk_v2);
  CHECK(planned == emulator_count("functions"));
}

void only_the_planned_call_fails(std::int64_t nth) {
  const Session session;
  CHECK(emulator_fail("cuMemAlloc", nth, out_of_memory) == 0);
  for (std::int64_t call = 1; call <= 4; call++) {
    DeviceAddress address = 0;
    CHECK(cuMemAlloc_v2(&address, 8) == (call == nth ? out_of_memory : success));
    CHECK((address == 0) == (call == nth));
    CHECK(cuMemFree_v2(address) == success);
  }
}

void a_plan_can_be_taken_back() {
  const Session session;
  CHECK(emulator_fail("cuCtxSynchronize", 1, unknown) == 0);
  CHECK(emulator_fail("cuCtxSynchronize", 0, 0) == 0);
  CHECK(cuCtxSynchronize() == success);
  CHECK(emulator_fail("cuNothing", 1, unknown) == -1);
  CHECK(emulator_fail("cuCtxSynchronize", -1, unknown) == -1);
}

// A lost device serves nothing any more; what ends things still ends them.
void a_lost_device_stays_lost(int status) {
  {
    const Session session;
    const DeviceAddress address = device_memory(8);
    CHECK(emulator_fail("cuCtxSynchronize", 1, status) == 0);
    CHECK(cuCtxSynchronize() == status);
    CHECK(cuCtxSynchronize() == status);
    CHECK(fault_says("cuCtxSynchronize failed as planned"));
    CHECK(cuMemFree_v2(address) == status);
  }
  CHECK(nothing_alive());
  const Session session;
  CHECK(cuCtxSynchronize() == success);
}

void names_that_are_not_known_are_refused() {
  CHECK(emulator_set("colour", 1) == -1);
  CHECK(emulator_set("lazy", 2) == -1);
  CHECK(emulator_set(nullptr, 1) == -1);
  CHECK(emulator_count("colours") == -1);
  CHECK(emulator_count("calls cuNothing") == -1);
  CHECK(emulator_count(nullptr) == -1);
}

void errors_have_names() {
  const char* text = nullptr;
  CHECK(cuGetErrorName(out_of_memory, &text) == success);
  CHECK(std::string(text) == "CUDA_ERROR_OUT_OF_MEMORY");
  CHECK(cuGetErrorName(illegal_address, &text) == success);
  CHECK(std::string(text) == "CUDA_ERROR_ILLEGAL_ADDRESS");
  CHECK(cuGetErrorString(0, &text) == success);
  CHECK(std::string(text) == "no error");
  CHECK(cuGetErrorName(123456, &text) == invalid_value);
  CHECK(text == nullptr);
}

}  // namespace

int main() {
  every_function_fails_as_planned();
  emulator_reset();
  for (const std::int64_t nth : {1, 3}) {
    only_the_planned_call_fails(nth);
  }
  a_plan_can_be_taken_back();
  a_lost_device_stays_lost(illegal_address);
  a_lost_device_stays_lost(ecc_uncorrectable);
  names_that_are_not_known_are_refused();
  errors_have_names();
  CHECK(nothing_alive());
  return check::result();
}
