// The widest vector of floats that the file is compiled for. Nothing here may be shared between files: each instruction
// set compiles its own.
#pragma once

#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace scaleinv {
namespace {

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX2__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif

using Vector = float __attribute__((vector_size(lanes * sizeof(float))));
using Bits = int32_t __attribute__((vector_size(lanes * sizeof(float))));

inline Vector load(const float* from) {
  Vector v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

inline void store(float* to, Vector v) { __builtin_memcpy(to, &v, sizeof v); }

inline Vector every(float value) { return value - Vector{}; }

inline Vector multiply_add(Vector a, Vector b, Vector c) {
#if defined(__AVX512F__)
  return _mm512_fmadd_ps(a, b, c);
#elif defined(__AVX2__)
  return _mm256_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}

// GCC 12 warns of its own header for the forms without a mask.
inline Vector root(Vector v) {
#if defined(__AVX512F__)
  return _mm512_maskz_sqrt_ps(0xffff, v);
#elif defined(__AVX2__)
  return _mm256_sqrt_ps(v);
#else
  for (int i = 0; i < lanes; i++) {
    v[i] = __builtin_sqrtf(v[i]);
  }
  return v;
#endif
}

inline Vector magnitude(Vector v) { return (Vector)((Bits)v & 0x7fffffff); }

// Of vectors without a sign: as integers they are ordered the same way, and a NaN is above every number.
inline Vector larger(Vector a, Vector b) {
#if defined(__AVX512F__)
  return (Vector)_mm512_maskz_max_epi32(0xffff, (__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
  return (Vector)_mm256_max_epi32((__m256i)a, (__m256i)b);
#else
  return (Bits)a > (Bits)b ? a : b;
#endif
}

inline bool any(Bits mask) {
#if defined(__AVX512F__)
  return _mm512_test_epi32_mask((__m512i)mask, (__m512i)mask) != 0;
#else
  int32_t all = 0;
  for (int i = 0; i < lanes; i++) {
    all |= mask[i];
  }
  return all != 0;
#endif
}

}  // namespace
}  // namespace scaleinv
