// Compiled once an instruction set, with SCALEINV_ROWS naming it. Nothing of the standard library is used, whose functions
// would be shared between them.
#include "homology/row_kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace scaleinv::homology {
namespace {

constexpr uint32_t none = UINT32_MAX;

// A few places side by side.
#if defined(__AVX512F__)
constexpr int32_t lanes = 16;
using Block = __m512i;
using Mask = __mmask16;

// Of fewer than `lanes` places the others hold none.
inline Block load(const uint32_t* from, int32_t places) {
  const auto there = static_cast<Mask>(places >= lanes ? 0xffff : (1 << places) - 1);
  return _mm512_mask_loadu_epi32(_mm512_set1_epi32(-1), there, from);
}
inline Block larger(Block a, Block b) { return _mm512_maskz_max_epu32(0xffff, a, b); }
inline Block smaller(Block a, Block b) { return _mm512_maskz_min_epu32(0xffff, a, b); }
inline Block every(uint32_t value) { return _mm512_set1_epi32(static_cast<int32_t>(value)); }
inline uint32_t at_least(Block a, Block b) { return _mm512_cmpge_epu32_mask(a, b); }
inline Block where(uint32_t mask, Block a) { return _mm512_mask_mov_epi32(every(none), static_cast<Mask>(mask), a); }
inline void store(uint32_t* to, Block a) { _mm512_storeu_si512(to, a); }
#elif defined(__AVX2__)
constexpr int32_t lanes = 8;
using Block = __m256i;

inline Block every(uint32_t value) { return _mm256_set1_epi32(static_cast<int32_t>(value)); }
inline Block load(const uint32_t* from, int32_t places) {
  if (places >= lanes) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  }
  const Block there = _mm256_cmpgt_epi32(_mm256_set1_epi32(places), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  return _mm256_blendv_epi8(every(none), _mm256_maskload_epi32(reinterpret_cast<const int*>(from), there), there);
}
inline Block larger(Block a, Block b) { return _mm256_max_epu32(a, b); }
inline Block smaller(Block a, Block b) { return _mm256_min_epu32(a, b); }
inline Block compared(Block a, Block b) { return _mm256_cmpeq_epi32(_mm256_max_epu32(a, b), a); }
inline uint32_t at_least(Block a, Block b) {
  return static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(compared(a, b))));
}
inline Block where(uint32_t mask, Block a) {
  const Block bits = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  const Block chosen = _mm256_cmpeq_epi32(_mm256_and_si256(every(mask), bits), bits);
  return _mm256_blendv_epi8(every(none), a, chosen);
}
inline void store(uint32_t* to, Block a) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), a); }
#else
constexpr int32_t lanes = 4;
struct Block {
  uint32_t value[lanes];
};

inline Block every(uint32_t value) { return {{value, value, value, value}}; }
inline Block load(const uint32_t* from, int32_t places) {
  Block block = every(none);
  for (int32_t i = 0; i < lanes && i < places; i++) {
    block.value[i] = from[i];
  }
  return block;
}
inline Block larger(Block a, Block b) {
  for (int32_t i = 0; i < lanes; i++) {
    a.value[i] = a.value[i] > b.value[i] ? a.value[i] : b.value[i];
  }
  return a;
}
inline Block smaller(Block a, Block b) {
  for (int32_t i = 0; i < lanes; i++) {
    a.value[i] = a.value[i] < b.value[i] ? a.value[i] : b.value[i];
  }
  return a;
}
inline uint32_t at_least(Block a, Block b) {
  uint32_t mask = 0;
  for (int32_t i = 0; i < lanes; i++) {
    mask |= (a.value[i] >= b.value[i] ? 1u : 0u) << i;
  }
  return mask;
}
inline Block where(uint32_t mask, Block a) {
  for (int32_t i = 0; i < lanes; i++) {
    a.value[i] = (mask >> i & 1) != 0 ? a.value[i] : none;
  }
  return a;
}
inline void store(uint32_t* to, Block a) { __builtin_memcpy(to, &a, sizeof a); }
#endif

constexpr uint32_t all_lanes = (1u << lanes) - 1;

inline Block largest(const uint32_t* const* rows, int32_t count, int32_t at, int32_t places) {
  Block block = load(rows[0] + at, places);
  for (int32_t i = 1; i < count; i++) {
    block = larger(block, load(rows[i] + at, places));
  }
  return block;
}

void within(const uint32_t* const* rows, int32_t count, int32_t first, int32_t width, uint32_t from, uint32_t to,
            Places* found) {
  const Block low = every(from);
  const Block high = every(to);
  int32_t kept = 0;
  for (int32_t at = first; at < first + width; at += lanes) {
    const Block block = largest(rows, count, at, first + width - at);
    uint32_t mask = at_least(block, low) & at_least(high, block);
    if (mask == 0) {
      continue;
    }
    uint32_t values[lanes];
    store(values, block);
    for (; mask != 0; mask &= mask - 1) {
      const int32_t lane = __builtin_ctz(mask);
      found->at[kept] = at + lane;
      found->value[kept++] = values[lane];
    }
  }
  found->count = kept;
}

uint32_t nearest(const uint32_t* const* rows, int32_t count, int32_t width, uint32_t from) {
  const Block low = every(from);
  Block least = every(none);
  for (int32_t at = 0; at < width; at += lanes) {
    const Block block = largest(rows, count, at, width - at);
    least = smaller(least, where(at_least(block, low), block));
  }
  uint32_t values[lanes];
  store(values, least);
  uint32_t lowest = values[0];
  for (int32_t i = 1; i < lanes; i++) {
    lowest = values[i] < lowest ? values[i] : lowest;
  }
  return lowest;
}

int32_t top(const uint32_t* const* rows, int32_t count, int32_t width, uint32_t below, int32_t above) {
  const Block bound = every(below);
  for (int32_t at = (width - 1) / lanes * lanes; at + lanes - 1 > above; at -= lanes) {
    const uint32_t mask = all_lanes & ~at_least(largest(rows, count, at, width - at), bound);
    if (mask != 0) {
      const int32_t place = at + 31 - __builtin_clz(mask);
      return place > above ? place : -1;
    }
  }
  return -1;
}

void open(const uint32_t* own, const uint32_t* other, uint32_t between, uint32_t longest, int32_t width,
          uint64_t* open) {
  const Block least = every(between);
  const Block bound = every(longest);
  for (int32_t word = 0; 64 * word < width; word++) {
    uint64_t left = 0;
    for (int32_t at = 64 * word; at < 64 * word + 64 && at < width; at += lanes) {
      const Block value = load(own + at, width - at);
      const Block farther = larger(load(other + at, width - at), least);
      const uint64_t mask = at_least(farther, value) & at_least(bound, value);
      left |= mask << (at & 63);
    }
    open[word] &= left;
  }
}

}  // namespace

extern const RowKernels SCALEINV_ROWS;
const RowKernels SCALEINV_ROWS = {within, nearest, top, open};

}  // namespace scaleinv::homology
