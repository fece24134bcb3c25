// How a running thread of a kernel reports a fault.
#pragma once

#include <string>

#include "execution.hpp"
#include "lane.hpp"

namespace emulator {

// cuda.h's numbers
namespace status {
constexpr int invalid_value = 1;
constexpr int illegal_address = 700;
constexpr int launch_timeout = 702;
constexpr int misaligned_address = 716;
constexpr int launch_failed = 719;
}  // namespace status

// Ends the launch with this fault; the block's threads are abandoned where they stand. `where` is a source line or "".
[[noreturn]] void fail(int status, const std::string& where, const std::string& what);

// "tiles.cu:12"
std::string line_of(const Site& site);

// "(1,0,0)"
std::string text_of(const uint3& index);

}  // namespace emulator
