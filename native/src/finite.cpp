// Whether all of an array is finite. Floor: one read of the array.
#include <algorithm>
#include <bit>

#include "simd.hpp"
#include "status.hpp"

namespace scaleinv {
namespace {

// Long enough to vectorise, short enough to stop early.
constexpr int64_t stretch = 4096;

[[gnu::always_inline]] inline bool finite_stretch(const double* values, int64_t count) {
  constexpr uint64_t exponent = 0x7ff0000000000000u;
  uint64_t special = 0;
  for (int64_t i = 0; i < count; i++) {
    special |= (std::bit_cast<uint64_t>(values[i]) & exponent) == exponent ? 1u : 0u;
  }
  return special == 0;
}

bool finite_baseline(const double* values, int64_t count) { return finite_stretch(values, count); }

#if SCALEINV_X86
SCALEINV_TARGET_AVX2 bool finite_avx2(const double* values, int64_t count) { return finite_stretch(values, count); }
#endif

bool all_finite(const double* values, int64_t count) {
  auto stretch_is_finite = finite_baseline;
#if SCALEINV_X86
  if (simd_level() >= SCALEINV_SIMD_AVX2) {
    stretch_is_finite = finite_avx2;
  }
#endif
  for (int64_t i = 0; i < count; i += stretch) {
    if (!stretch_is_finite(values + i, std::min(stretch, count - i))) {
      return false;
    }
  }
  return true;
}

}  // namespace
}  // namespace scaleinv

int32_t scaleinv_all_finite(const double* values, int64_t count, int32_t* answer) {
  return scaleinv::guarded([&] {
    scaleinv::require(values != nullptr && answer != nullptr, "values or answer is null");
    scaleinv::require(count >= 0, "count is negative");
    *answer = scaleinv::all_finite(values, count) ? 1 : 0;
  });
}
