#pragma once

#include <cstddef>
#include <string_view>

namespace emulator {

// Bytes of the __shared__ variables that the body of a kernel of this library or program declares. Those of functions
// that it calls have other names and are not seen: kernels declare what they share themselves.
// Throws std::runtime_error where the file of this library cannot be read, or has no symbols.
std::size_t static_shared(std::string_view kernel);

}  // namespace emulator
