#pragma once

#include <string>

namespace emulator {

// The kernel's line, "tiles.cu:12", of code that returns to this address; its offset in the library where binutils'
// addr2line is missing. Slow: for faults.
std::string source_line(const void* return_address);

}  // namespace emulator
