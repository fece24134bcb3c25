// Device memory and pinned memory: host memory between guard zones. A freed block stays poisoned for a while, so that
// use after free is seen. Callers hold the driver's lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "../memory.hpp"
#include "cuda.hpp"

namespace emulator {

enum class Kind { device, pinned };

// New memory is full of 0xff bytes: NaN in every floating-point format, and an index that lies nowhere.
void* allocate(Kind kind, std::size_t bytes, Handle context, int device);

// The kind of the live allocation that starts there.
std::optional<Kind> allocation_at(const void* start);

void release(const void* start);

// Frees what a context left behind. It counts as alive until forget_leaked.
void release_left_behind(Handle context);
void forget_leaked();

// What has written into a guard zone or into freed memory since the last look, in words; the zone is then repaired.
std::optional<std::string> broken_guards();

std::int64_t live_count(Kind kind);
std::int64_t live_bytes(Kind kind);
std::int64_t live_bytes_on(int device);

}  // namespace emulator
