// CUDA's names for arithmetic. Roundings are the host's: IEEE for + − × ÷ √ fma, its libm for the rest.
#pragma once

#include <math.h>
#include <bit>

#include <cmath>
#include <cstdint>

inline float rsqrtf(float x) { return 1.0f / std::sqrt(x); }
inline double rsqrt(double x) { return 1.0 / std::sqrt(x); }

// glibc declares names like these; macros cannot clash with them.
#define __fadd_rn(x, y) (static_cast<float>(x) + static_cast<float>(y))
#define __fsub_rn(x, y) (static_cast<float>(x) - static_cast<float>(y))
#define __fmul_rn(x, y) (static_cast<float>(x) * static_cast<float>(y))
#define __fdiv_rn(x, y) (static_cast<float>(x) / static_cast<float>(y))
#define __fsqrt_rn(x) std::sqrt(static_cast<float>(x))
#define __fmaf_rn(x, y, z) fmaf(x, y, z)
#define __dadd_rn(x, y) (static_cast<double>(x) + static_cast<double>(y))
#define __dsub_rn(x, y) (static_cast<double>(x) - static_cast<double>(y))
#define __dmul_rn(x, y) (static_cast<double>(x) * static_cast<double>(y))
#define __ddiv_rn(x, y) (static_cast<double>(x) / static_cast<double>(y))
#define __dsqrt_rn(x) std::sqrt(static_cast<double>(x))
#define __fma_rn(x, y, z) fma(x, y, z)

inline float __int_as_float(int bits) { return std::bit_cast<float>(bits); }
inline int __float_as_int(float x) { return std::bit_cast<int>(x); }
inline float __uint_as_float(unsigned bits) { return std::bit_cast<float>(bits); }
inline unsigned __float_as_uint(float x) { return std::bit_cast<unsigned>(x); }
inline double __longlong_as_double(long long bits) { return std::bit_cast<double>(bits); }
inline long long __double_as_longlong(double x) { return std::bit_cast<long long>(x); }

inline int __double2hiint(double x) { return static_cast<int>(__double_as_longlong(x) >> 32); }
inline int __double2loint(double x) { return static_cast<int>(__double_as_longlong(x)); }
inline double __hiloint2double(int high, int low) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(static_cast<unsigned>(high)) << 32 |
                               static_cast<unsigned>(low));
}

inline int __popc(unsigned bits) { return std::popcount(bits); }
inline int __popcll(unsigned long long bits) { return std::popcount(bits); }
inline int __clz(int bits) { return std::countl_zero(static_cast<unsigned>(bits)); }
inline int __clzll(long long bits) { return std::countl_zero(static_cast<unsigned long long>(bits)); }
inline int __ffs(int bits) { return __builtin_ffs(bits); }
inline int __ffsll(long long bits) { return __builtin_ffsll(bits); }
inline unsigned __umulhi(unsigned x, unsigned y) {
  return static_cast<unsigned>((static_cast<unsigned long long>(x) * y) >> 32);
}

template <typename T>
T __ldg(const T* address) {
  return *address;
}

#define SCALEINV_EXTREMES(T)                          \
  constexpr T min(T x, T y) { return y < x ? y : x; } \
  constexpr T max(T x, T y) { return x < y ? y : x; }

SCALEINV_EXTREMES(int)
SCALEINV_EXTREMES(unsigned)
SCALEINV_EXTREMES(long)
SCALEINV_EXTREMES(unsigned long)
SCALEINV_EXTREMES(long long)
SCALEINV_EXTREMES(unsigned long long)

#undef SCALEINV_EXTREMES

// a NaN gives way to a number, as in CUDA
inline float min(float x, float y) { return fminf(x, y); }
inline float max(float x, float y) { return fmaxf(x, y); }
inline double min(double x, double y) { return fmin(x, y); }
inline double max(double x, double y) { return fmax(x, y); }
