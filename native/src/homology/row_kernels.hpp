// Passes over rows of a matrix: the inner loops of a dense complex, compiled once for each instruction set.
//
// Of each of `width` places, what counts is the largest of the values that `count` rows (1 or more) hold there.
#pragma once

#include <cstdint>

namespace scaleinv::homology {

// Places that one call of `within` may look at.
constexpr int32_t rows_chunk = 512;

struct Places {
  int32_t count;
  // up to rows_chunk of each, and room for a vector
  int32_t at[rows_chunk + 16];
  uint32_t value[rows_chunk + 16];
};

struct RowKernels {
  // The places first … first + width − 1, ascending, with values from … to.
  void (*within)(const uint32_t* const* rows, int32_t count, int32_t first, int32_t width, uint32_t from, uint32_t to,
                 Places* found);

  // The lowest value from `from` on; 2³² − 1 where there is none.
  uint32_t (*nearest)(const uint32_t* const* rows, int32_t count, int32_t width, uint32_t from);

  // The last place behind `above` with a value below `below`; −1 where there is none.
  int32_t (*top)(const uint32_t* const* rows, int32_t count, int32_t width, uint32_t below, int32_t above);

  // Of the first `width` places, as bits: which stay open, whose values in `own` are neither above `longest` nor above
  // both `between` and the other row's. Bits behind are 0.
  void (*open)(const uint32_t* own, const uint32_t* other, uint32_t between, uint32_t longest, int32_t width,
               uint64_t* open);
};

extern const RowKernels row_kernels_baseline;
extern const RowKernels row_kernels_avx2;
extern const RowKernels row_kernels_avx512;

// Those for the processor.
const RowKernels& row_kernels();

}  // namespace scaleinv::homology
