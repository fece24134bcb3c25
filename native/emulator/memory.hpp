#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace emulator {

// What lies at an address.
enum class Place {
  device,   // a live device allocation, all of the range
  pinned,   // live pinned host memory
  guard,    // beside an allocation of either kind
  freed,    // an allocation that was freed
  outside,  // none of ours
};

// Where a range of bytes lies; a range that leaves its allocation is guard.
Place place_of(const void* address, std::size_t bytes);

// "64 bytes behind an allocation of 4096", for messages.
std::string describe(const void* address);

}  // namespace emulator
