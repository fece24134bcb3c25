// Transpositions in square blocks a cache line wide: longer columns of a power-of-two stride would fight for the same
// sets of the first-level cache.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

namespace scaleinv {

inline constexpr int64_t transpose_block = 8;

// target (columns, rows) = sourceᵀ of (rows, columns)
inline void transpose(const double* source, int64_t rows, int64_t columns, double* target) {
  for (int64_t r0 = 0; r0 < rows; r0 += transpose_block) {
    const int64_t r1 = std::min(rows, r0 + transpose_block);
    for (int64_t c0 = 0; c0 < columns; c0 += transpose_block) {
      const int64_t c1 = std::min(columns, c0 + transpose_block);
      for (int64_t r = r0; r < r1; r++) {
        for (int64_t c = c0; c < c1; c++) {
          target[c * rows + r] = source[r * columns + c];
        }
      }
    }
  }
}

inline void transpose_in_place(double* matrix, int64_t order) {
  for (int64_t r0 = 0; r0 < order; r0 += transpose_block) {
    const int64_t r1 = std::min(order, r0 + transpose_block);
    for (int64_t c0 = 0; c0 <= r0; c0 += transpose_block) {
      for (int64_t r = r0; r < r1; r++) {
        const int64_t c1 = std::min(r, c0 + transpose_block);
        for (int64_t c = c0; c < c1; c++) {
          std::swap(matrix[r * order + c], matrix[c * order + r]);
        }
      }
    }
  }
}

}  // namespace scaleinv
