#include "calls.hpp"

namespace emulator {
namespace {

struct Described {
  int status;
  const char* name;
  const char* description;
};

constexpr Described all[] = {
    {success, "CUDA_SUCCESS", "no error"},
    {invalid_value, "CUDA_ERROR_INVALID_VALUE", "an argument is not valid"},
    {out_of_memory, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {not_initialized, "CUDA_ERROR_NOT_INITIALIZED", "cuInit was not called"},
    {4, "CUDA_ERROR_DEINITIALIZED", "the driver is shutting down"},
    {46, "CUDA_ERROR_DEVICE_UNAVAILABLE", "the device is busy or unavailable"},
    {no_device, "CUDA_ERROR_NO_DEVICE", "there is no CUDA device"},
    {invalid_device, "CUDA_ERROR_INVALID_DEVICE", "no such device"},
    {invalid_image, "CUDA_ERROR_INVALID_IMAGE", "the module is not one that the driver knows"},
    {invalid_context, "CUDA_ERROR_INVALID_CONTEXT", "no context is current"},
    {209, "CUDA_ERROR_NO_BINARY_FOR_GPU", "the module has no code for this device"},
    {ecc_uncorrectable, "CUDA_ERROR_ECC_UNCORRECTABLE", "an error in memory that could not be corrected"},
    {218, "CUDA_ERROR_INVALID_PTX", "the PTX could not be compiled"},
    {nvlink_uncorrectable, "CUDA_ERROR_NVLINK_UNCORRECTABLE", "an error on NVLink that could not be corrected"},
    {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "the PTX is newer than the driver"},
    {304, "CUDA_ERROR_OPERATING_SYSTEM", "a call of the operating system failed"},
    {invalid_handle, "CUDA_ERROR_INVALID_HANDLE", "a handle is not valid"},
    {not_found, "CUDA_ERROR_NOT_FOUND", "no such symbol"},
    {not_ready, "CUDA_ERROR_NOT_READY", "the work has not finished"},
    {illegal_address, "CUDA_ERROR_ILLEGAL_ADDRESS", "a kernel used memory that is not its own"},
    {701, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "the launch needs more resources than there are"},
    {launch_timeout, "CUDA_ERROR_LAUNCH_TIMEOUT", "a kernel ran for too long"},
    {context_is_destroyed, "CUDA_ERROR_CONTEXT_IS_DESTROYED", "the current context was destroyed"},
    {device_assert, "CUDA_ERROR_ASSERT", "an assertion in a kernel failed"},
    {host_memory_not_registered, "CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED", "host memory is not pinned"},
    {hardware_stack_error, "CUDA_ERROR_HARDWARE_STACK_ERROR", "a kernel broke its stack"},
    {illegal_instruction, "CUDA_ERROR_ILLEGAL_INSTRUCTION", "a kernel met an illegal instruction"},
    {misaligned_address, "CUDA_ERROR_MISALIGNED_ADDRESS", "a kernel used a misaligned address"},
    {invalid_address_space, "CUDA_ERROR_INVALID_ADDRESS_SPACE", "a kernel used an address of the wrong space"},
    {invalid_pc, "CUDA_ERROR_INVALID_PC", "a kernel jumped to nowhere"},
    {launch_failed, "CUDA_ERROR_LAUNCH_FAILED", "a kernel failed"},
    {800, "CUDA_ERROR_NOT_PERMITTED", "the operation is not permitted"},
    {not_supported, "CUDA_ERROR_NOT_SUPPORTED", "the operation is not supported"},
    {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "driver and kernel module are of different versions"},
    {unknown, "CUDA_ERROR_UNKNOWN", "an unknown error"},
};

int look_up(int status, const char** text, const char* Described::*field) {
  if (text == nullptr) {
    return invalid_value;
  }
  *text = nullptr;
  for (const Described& described : all) {
    if (described.status == status) {
      *text = described.*field;
      return success;
    }
  }
  return invalid_value;
}

}  // namespace

bool is_sticky(int status) {
  switch (status) {
    case ecc_uncorrectable:
    case nvlink_uncorrectable:
    case illegal_address:
    case launch_timeout:
    case device_assert:
    case hardware_stack_error:
    case illegal_instruction:
    case misaligned_address:
    case invalid_address_space:
    case invalid_pc:
    case launch_failed: return true;
    default: return false;
  }
}

EMULATED(cuGetErrorName, int status, const char** name) {
  const std::lock_guard lock(driver_lock());
  return begin_call(__func__).value_or(look_up(status, name, &Described::name));
}

EMULATED(cuGetErrorString, int status, const char** description) {
  const std::lock_guard lock(driver_lock());
  return begin_call(__func__).value_or(look_up(status, description, &Described::description));
}

}  // namespace emulator
