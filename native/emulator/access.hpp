// What the compiler's instrumentation says of an access.
#pragma once

#include <cstddef>

namespace emulator::checker {

struct Touch {
  const void* address;
  std::size_t bytes;
  bool write;
  bool atomic;
  const void* code;
};

void check(const Touch& touch);

}  // namespace emulator::checker
