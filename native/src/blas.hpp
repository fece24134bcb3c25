// OpenBLAS and LAPACK, held to one thread: their threaded results differ in the last bits.
#pragma once

#include <cblas.h>
#include <lapack.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "status.hpp"

namespace scaleinv {

// To be called before the first BLAS call of every entry point; costs nothing after the first time.
void single_threaded_blas();

// Memory that is written before it is read.
using Scratch = std::unique_ptr<double[]>;

inline Scratch scratch(int64_t count) {
  return std::make_unique_for_overwrite<double[]>(static_cast<std::size_t>(count));
}

// A LAPACK workspace of the size that the routine's query answered. LAPACK counts in 32 bits, and may answer less than
// nothing where it would need more.
inline std::vector<double> workspace(double answer) {
  require(answer >= 1 && answer <= INT32_MAX, "a matrix that needs more workspace than LAPACK can count");
  return std::vector<double>(static_cast<std::size_t>(answer));
}

}  // namespace scaleinv
