#include "status.hpp"

#include <cstdio>

namespace scaleinv {
namespace {

// A fixed buffer: remembering an out-of-memory failure must not need memory.
thread_local char last_error[512] = "";

}  // namespace

void remember_error(const char* message) noexcept { std::snprintf(last_error, sizeof last_error, "%s", message); }

int64_t checked_product(int64_t a, int64_t b) {
  int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product) || product > INT64_MAX / static_cast<int64_t>(sizeof(double))) {
    throw Failure(SCALEINV_INVALID_ARGUMENT,
                  std::to_string(a) + " x " + std::to_string(b) + " elements are more than memory can address");
  }
  return product;
}

int32_t blas_size(int64_t size, const char* what) {
  if (size < 0 || size > INT32_MAX) {
    throw Failure(SCALEINV_INVALID_ARGUMENT,
                  std::string(what) + " of " + std::to_string(size) + ", expected 0 to 2147483647");
  }
  return static_cast<int32_t>(size);
}

void check_lapack(int32_t info, const char* routine, int64_t rows, int64_t columns) {
  if (info != 0) {
    throw Failure(SCALEINV_NUMERICAL, std::string(routine) + " failed with info " + std::to_string(info) +
                                          " on a matrix of " + std::to_string(rows) + " x " + std::to_string(columns));
  }
}

}  // namespace scaleinv

int32_t scaleinv_abi_version(void) { return SCALEINV_ABI_VERSION; }

const char* scaleinv_last_error(void) { return scaleinv::last_error; }
