#pragma once

#include <cstddef>

namespace emulator {

extern thread_local std::byte shared_begin[64];
extern thread_local std::byte shared_end[64];

}  // namespace emulator
