// Householder reflections, and the groups of threads that work on one vector.
#pragma once

#include "kernel.cuh"

// `lanes` (a power of two up to 32) neighbouring threads. Sums meet in the whole warp, so that all of its groups must call
// them together.
struct Group {
  int lanes;
  int lane;
  int index;
  int count;

  explicit __device__ __forceinline__ Group(int lanes)
      : lanes(lanes),
        lane(static_cast<int>(threadIdx.x) % lanes),
        index(static_cast<int>(threadIdx.x) / lanes),
        count(static_cast<int>(blockDim.x) / lanes) {}

  __device__ __forceinline__ double sum(double value) const {
    for (int apart = lanes / 2; apart > 0; apart /= 2) {
      value += __shfl_xor_sync(0xffffffffu, value, apart);
    }
    return value;
  }

  __device__ __forceinline__ double largest(double value) const {
    for (int apart = lanes / 2; apart > 0; apart /= 2) {
      value = fmax(value, __shfl_xor_sync(0xffffffffu, value, apart));
    }
    return value;
  }
};

// I − tau·v·vᵀ with v = (1, scale·x), which takes (alpha, x) to (beta, 0). Golub, Van Loan, Matrix Computations, §5.1.
struct Reflector {
  double beta;
  double tau;
  double scale;
};

// Squares between these bounds neither overflow in a sum nor lose digits.
constexpr double small_square = 0x1p-900;
constexpr double large_square = 0x1p+900;

__device__ __forceinline__ double sum_of_squares(const Group& group, const double* x, int64_t length, double factor) {
  double sum = 0.0;
  for (int64_t i = group.lane; i < length; i += group.lanes) {
    const double value = x[i] * factor;
    sum = fma(value, value, sum);
  }
  return group.sum(sum);
}

// Where squares would leave the range, all is multiplied by a power of two first. A NaN goes through to beta.
__device__ __forceinline__ Reflector reflector(const Group& group, double alpha, const double* x, int64_t length) {
  double factor = 1.0;
  double squares = sum_of_squares(group, x, length, factor);
  const double total = fma(alpha, alpha, squares);
  if (squares < small_square || total > large_square) {
    double largest = 0.0;
    for (int64_t i = group.lane; i < length; i += group.lanes) {
      largest = fmax(largest, fabs(x[i]));
    }
    largest = group.largest(largest);
    if (largest == 0.0) {
      return {alpha, 0.0, 0.0};
    }
    factor = scalbn(1.0, -min(max(ilogb(fmax(largest, fabs(alpha))), -1000), 1000));
    squares = sum_of_squares(group, x, length, factor);
  }
  const double scaled = alpha * factor;
  const double beta = -copysign(sqrt(fma(scaled, scaled, squares)), scaled);
  return {beta * (1.0 / factor), (beta - scaled) / beta, factor / (scaled - beta)};
}
