// The largest correlations of a tile, compiled once for each instruction set.
#pragma once

#include <cstdint>

namespace scaleinv {

// Of each row and each column of a tile its largest value and where it stands, the first of equal ones; −1 and −∞ where
// there is no number.
struct LargestOfTile {
  float* of_rows;
  int32_t* columns;
  float* of_columns;
  int32_t* rows;
};

struct CorrelationKernels {
  // values (distance_tile, distance_tile), of which `rows` rows are there; what is not there in those is NaN.
  void (*largest)(const float* values, int64_t rows, const LargestOfTile& largest);
};

extern const CorrelationKernels correlation_kernels_baseline;
extern const CorrelationKernels correlation_kernels_avx2;
extern const CorrelationKernels correlation_kernels_avx512;

}  // namespace scaleinv
