// The thread and the block that run now, as kernels see them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <source_location>

#include "host/vectors.hpp"

namespace emulator {

using Site = std::source_location;

// A thread of the block.
struct Lane {
  uint3 thread;
  unsigned index;  // in the block, as CUDA counts
};

struct Block {
  uint3 index;
  dim3 threads, blocks;
  std::byte* dynamic_shared;
};

// Null while no kernel runs.
extern Lane* lane;
extern Block block;

// What a thread may ask of itself. Out of line in the checking build, whose instrumentation would see the reads; the
// answers never change for a thread.
#ifdef SCALEINV_EMULATOR_CHECKING
#define SCALEINV_ASKED(type, name, answer) [[gnu::const]] type name();
#else
#define SCALEINV_ASKED(type, name, answer) \
  inline type name() { return answer; }
#endif

#define SCALEINV_QUESTIONS                              \
  SCALEINV_ASKED(uint3, thread_index, lane->thread)     \
  SCALEINV_ASKED(uint3, block_index, block.index)       \
  SCALEINV_ASKED(dim3, block_size, block.threads)       \
  SCALEINV_ASKED(dim3, grid_size, block.blocks)         \
  SCALEINV_ASKED(unsigned, warp_lane, lane->index % 32) \
  SCALEINV_ASKED(std::byte*, dynamic_shared_memory, block.dynamic_shared)

SCALEINV_QUESTIONS

enum class Vote { count, every, some };

// Waits for every thread of the block; what the threads' predicates come to.
int meet_block(Vote vote, bool predicate, const Site& site);

enum class Meeting { sync, exchange, vote };

// Waits for the threads of the warp in `mask`. An exchange gives the value of lane `source`; all bits set where that
// lane does not take part. A vote gives the lanes whose value is not 0.
std::uint64_t meet_warp(Meeting meeting, unsigned mask, std::uint64_t value, unsigned source, const Site& site);

// Orders this thread's accesses before and after, for every block.
void fence();

[[noreturn]] void trap(const Site& site);

}  // namespace emulator
