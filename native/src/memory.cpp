#include <cstdlib>

#include "status.hpp"

namespace {

// One cache line, and the widest vector. It is for speed: dsytrd, dgesdd, dtpqrt and dgeev were measured to give the same
// bits with workspaces at every offset from it.
constexpr int64_t alignment = 64;

}  // namespace

int32_t scaleinv_allocate(int64_t bytes, void** block) {
  return scaleinv::guarded([&] {
    scaleinv::require(block != nullptr, "block is null");
    scaleinv::require(bytes >= 0 && bytes <= INT64_MAX - alignment, "bytes is negative or too large");
    const int64_t whole = bytes == 0 ? alignment : (bytes + alignment - 1) / alignment * alignment;
    *block = std::aligned_alloc(alignment, static_cast<std::size_t>(whole));
    if (*block == nullptr) {
      throw scaleinv::Failure(SCALEINV_OUT_OF_MEMORY, "no memory for a block of " + std::to_string(bytes) + " bytes");
    }
  });
}

void scaleinv_release(void* block) { std::free(block); }
