// Whether all of `values` (count) is finite: `special` becomes 1 where one is NaN or infinite, and stays otherwise.
//
// Geometry: one dimension of blocks, 256 threads; each thread takes every (blocks·threads)-th pair, 16 bytes.
// Floor: one read of the values. Exact.
//   cost find_special: count=2^27; bytes=8*count; block=256
#include "kernel.cuh"

namespace finiteness {

__device__ __forceinline__ bool is_special(double value) {
  constexpr int64_t exponent = 0x7ff0000000000000;
  return (__double_as_longlong(value) & exponent) == exponent;
}

}  // namespace finiteness

extern "C" __global__ void find_special(const double* values, int64_t count, int32_t* special) {
  const int64_t thread = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const int64_t threads = static_cast<int64_t>(gridDim.x) * blockDim.x;
  const int64_t pairs = reinterpret_cast<uintptr_t>(values) % sizeof(double2) == 0 ? count / 2 : 0;
  bool found = false;
#pragma unroll 4
  for (int64_t i = thread; i < pairs; i += threads) {
    const double2 pair = reinterpret_cast<const double2*>(values)[i];
    found |= finiteness::is_special(pair.x) | finiteness::is_special(pair.y);
  }
  for (int64_t i = 2 * pairs + thread; i < count; i += threads) {
    found |= finiteness::is_special(values[i]);
  }
  if (__syncthreads_or(found) && threadIdx.x == 0) {
    atomicOr(special, 1);
  }
}
SCALEINV_KERNEL(find_special);
