// What every kernel file includes first: CUDA's own vocabulary, from nvcc, or from the emulated device's host header.
#pragma once

#ifdef __CUDACC__

#include <cstdint>

// Registers an extern "C" __global__ function with the emulated device; stands after its definition.
#define SCALEINV_KERNEL(name) static_assert(true)

// The block's dynamic shared memory: as many bytes as the launch asked for, aligned to 16.
template <typename T>
__device__ __forceinline__ T* dynamic_shared() {
  extern __shared__ __align__(16) unsigned char scaleinv_dynamic_shared[];
  return reinterpret_cast<T*>(scaleinv_dynamic_shared);
}

#else
#include "cuda_host.hpp"
#endif
