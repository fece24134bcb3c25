#include "homology/row_kernels.hpp"
#include "scaleinv.h"
#include "simd.hpp"

namespace scaleinv::homology {

const RowKernels& row_kernels() {
#if SCALEINV_X86
  switch (simd_level()) {
    case SCALEINV_SIMD_AVX512: return row_kernels_avx512;
    case SCALEINV_SIMD_AVX2: return row_kernels_avx2;
    default: break;
  }
#endif
  return row_kernels_baseline;
}

}  // namespace scaleinv::homology
