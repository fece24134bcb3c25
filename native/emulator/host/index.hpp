#pragma once

#include "../lane.hpp"

#define threadIdx (::emulator::thread_index())
#define blockIdx (::emulator::block_index())
#define blockDim (::emulator::block_size())
#define gridDim (::emulator::grid_size())
#define warpSize 32

// The block's dynamic shared memory: as many bytes as the launch asked for, aligned to 16.
template <typename T>
T* dynamic_shared() {
  return reinterpret_cast<T*>(::emulator::dynamic_shared_memory());
}
