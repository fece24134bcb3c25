// Linked before the kernels: thread-local variables lie in the order of the link, so that what lies between this one
// and the one of shared_end.cpp is the kernels' shared memory.
#include "shared_bounds.hpp"

namespace emulator {

alignas(64) thread_local std::byte shared_begin[64];

}  // namespace emulator
