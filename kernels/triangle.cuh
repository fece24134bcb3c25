// Tiles on and below the diagonal, counted row by row.
#pragma once

#include "kernel.cuh"

// The row of tile number `index`; its column is index − row·(row + 1)/2.
__device__ __forceinline__ int64_t triangle_row(int64_t index) {
  auto row = static_cast<int64_t>((sqrt(8.0 * static_cast<double>(index) + 1.0) - 1.0) / 2.0);
  row += (row + 1) * (row + 2) / 2 <= index ? 1 : 0;
  row -= row * (row + 1) / 2 > index ? 1 : 0;
  return row;
}
