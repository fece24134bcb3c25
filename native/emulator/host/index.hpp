#pragma once

#include "../lane.hpp"

#define threadIdx (::emulator::lane->thread)
#define blockIdx (::emulator::block.index)
#define blockDim (::emulator::block.threads)
#define gridDim (::emulator::block.blocks)
#define warpSize 32

// The block's dynamic shared memory: as many bytes as the launch asked for, aligned to 16.
template <typename T>
T* dynamic_shared() {
  return reinterpret_cast<T*>(::emulator::block.dynamic_shared);
}
