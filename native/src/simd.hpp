// The instruction set that kernels are chosen by at run time.
#pragma once

#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#define SCALEINV_X86 1
#define SCALEINV_TARGET_AVX2 __attribute__((target("avx2")))
#define SCALEINV_TARGET_AVX512 __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl")))
#else
#define SCALEINV_X86 0
#endif

namespace scaleinv {

// One of SCALEINV_SIMD_….
int32_t simd_level();

}  // namespace scaleinv
