// Conversion of packed elements to float or double. Floor: one read of the source, one write of the target.
//
// One plain loop a type, compiled once for each instruction set and vectorised by the compiler: the same operations in
// the same types at every level, so the bits agree. The formats of 8 bits go through tables.
#include <bit>
#include <cstring>

#include "simd.hpp"
#include "small_floats.hpp"
#include "status.hpp"

namespace scaleinv {
namespace {

#define ALWAYS_INLINE [[gnu::always_inline]] inline

struct Half {
  uint16_t bits;
};

struct Brain {
  uint16_t bits;
};

template <const Table& table>
struct Coded {
  uint8_t code;
};

template <class Source>
ALWAYS_INLINE Source value(Source number) {
  return number;
}

// The exponent is moved by a multiplication, exact for subnormals too; infinities and NaNs get theirs by hand.
ALWAYS_INLINE float value(Half half) {
  const uint32_t magnitude = half.bits & 0x7fffu;
  const uint32_t moved = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude << 13) * 0x1p112f);
  const uint32_t special = magnitude >= 0x7c00u ? 0x7f800000u : 0u;
  const uint32_t sign = (half.bits & 0x8000u) << 16;
  return std::bit_cast<float>(moved | special | sign);
}

ALWAYS_INLINE float value(Brain brain) { return std::bit_cast<float>(static_cast<uint32_t>(brain.bits) << 16); }

template <const Table& table>
ALWAYS_INLINE float value(Coded<table> coded) {
  return table[coded.code];
}

template <class Source, class Target>
ALWAYS_INLINE void convert(const std::byte* __restrict source, int64_t count, Target* __restrict target) {
  if constexpr (std::is_same_v<Source, Target>) {
    std::memcpy(target, source, static_cast<std::size_t>(count) * sizeof(Target));
  } else {
    for (int64_t i = 0; i < count; i++) {
      Source element;
      std::memcpy(&element, source + i * static_cast<int64_t>(sizeof(Source)), sizeof(Source));
      target[i] = static_cast<Target>(value(element));
    }
  }
}

template <class Target>
ALWAYS_INLINE void convert_type(int32_t type, const std::byte* source, int64_t count, Target* target) {
  switch (type) {
    case SCALEINV_BOOL:
    case SCALEINV_U8: return convert<uint8_t>(source, count, target);
    case SCALEINV_I8: return convert<int8_t>(source, count, target);
    case SCALEINV_F8_E5M2: return convert<Coded<f8_e5m2>>(source, count, target);
    case SCALEINV_F8_E4M3: return convert<Coded<f8_e4m3>>(source, count, target);
    case SCALEINV_F8_E8M0: return convert<Coded<f8_e8m0>>(source, count, target);
    case SCALEINV_F8_E4M3FNUZ: return convert<Coded<f8_e4m3fnuz>>(source, count, target);
    case SCALEINV_F8_E5M2FNUZ: return convert<Coded<f8_e5m2fnuz>>(source, count, target);
    case SCALEINV_I16: return convert<int16_t>(source, count, target);
    case SCALEINV_U16: return convert<uint16_t>(source, count, target);
    case SCALEINV_F16: return convert<Half>(source, count, target);
    case SCALEINV_BF16: return convert<Brain>(source, count, target);
    case SCALEINV_I32: return convert<int32_t>(source, count, target);
    case SCALEINV_U32: return convert<uint32_t>(source, count, target);
    case SCALEINV_F32: return convert<float>(source, count, target);
    case SCALEINV_F64: return convert<double>(source, count, target);
    case SCALEINV_I64: return convert<int64_t>(source, count, target);
    case SCALEINV_U64: return convert<uint64_t>(source, count, target);
    default: break;
  }
}

ALWAYS_INLINE void convert_any(int32_t type, const std::byte* source, int64_t count, int32_t target_type,
                               void* target) {
  if (target_type == SCALEINV_F32) {
    convert_type(type, source, count, static_cast<float*>(target));
  } else {
    convert_type(type, source, count, static_cast<double*>(target));
  }
}

void widen_baseline(int32_t type, const std::byte* source, int64_t count, int32_t target_type, void* target) {
  convert_any(type, source, count, target_type, target);
}

#if SCALEINV_X86
SCALEINV_TARGET_AVX2 void widen_avx2(int32_t type, const std::byte* source, int64_t count, int32_t target_type,
                                     void* target) {
  convert_any(type, source, count, target_type, target);
}

SCALEINV_TARGET_AVX512 void widen_avx512(int32_t type, const std::byte* source, int64_t count, int32_t target_type,
                                         void* target) {
  convert_any(type, source, count, target_type, target);
}
#endif

auto kernel() {
#if SCALEINV_X86
  switch (simd_level()) {
    case SCALEINV_SIMD_AVX512: return widen_avx512;
    case SCALEINV_SIMD_AVX2: return widen_avx2;
    default: break;
  }
#endif
  return widen_baseline;
}

}  // namespace
}  // namespace scaleinv

int32_t scaleinv_widen(int32_t source_type, const void* source, int64_t count, int32_t target_type, void* destination) {
  return scaleinv::guarded([&] {
    scaleinv::require(source != nullptr && destination != nullptr, "source or destination is null");
    scaleinv::require(count >= 0, "count is negative");
    scaleinv::require(source_type >= SCALEINV_BOOL && source_type <= SCALEINV_U64, "no such source type");
    scaleinv::require(target_type == SCALEINV_F32 || target_type == SCALEINV_F64, "target type is not F32 or F64");
    scaleinv::kernel()(source_type, static_cast<const std::byte*>(source), count, target_type, destination);
  });
}
