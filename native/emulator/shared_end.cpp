// Linked after the kernels.
#include "shared_bounds.hpp"

namespace emulator {

alignas(64) thread_local std::byte shared_end[64];

}  // namespace emulator
