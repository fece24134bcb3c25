#include "simd.hpp"

#include <algorithm>
#include <atomic>

#include "status.hpp"

namespace scaleinv {
namespace {

int32_t best_level() {
#if SCALEINV_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    return SCALEINV_SIMD_AVX512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return SCALEINV_SIMD_AVX2;
  }
#endif
  return SCALEINV_SIMD_BASELINE;
}

std::atomic<int32_t> limit{SCALEINV_SIMD_AVX512};

}  // namespace

int32_t simd_level() {
  static const int32_t best = best_level();
  return std::min(best, limit.load(std::memory_order_relaxed));
}

}  // namespace scaleinv

int32_t scaleinv_simd_level(void) { return scaleinv::simd_level(); }

int32_t scaleinv_simd_limit(int32_t level) {
  return scaleinv::guarded([&] {
    scaleinv::require(level >= SCALEINV_SIMD_BASELINE && level <= SCALEINV_SIMD_AVX512, "no such SIMD level");
    scaleinv::limit = level;
  });
}
