#pragma once

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))

// Written once, by its initialiser.
#define __constant__ static const

// A block runs on one host thread and no other block beside it, so the library's thread-local variables between
// shared_begin.cpp and shared_end.cpp are the block's shared memory.
#define __shared__ thread_local
