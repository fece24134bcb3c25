// Singular values of small square matrices by one-sided Jacobi rotations, one block a matrix.
//
//   singular_values_P(jobs, order, most_sweeps, work, values): jobs (count) are the addresses of matrices (order, order),
//     order up to 128. values (count, order + 1): descending, then how many sweeps it took: 0 where it did not converge,
//     −1 where an entry is NaN or infinite. P says where the square lies that is worked on: shared (dynamic shared
//     memory, order·(order | 1) doubles) or global (as much of work a matrix).
//
// Method (Drmač, Veselić, New fast and accurate Jacobi SVD algorithm I, 2008, with a sort for their pivoting): the rows,
// longest first, are the columns of A·P = Q·R; rotations make the rows of R orthogonal, Rᵀ·V = U·Σ, in the round-robin
// order of Brent and Luk (1985), so that all pairs of a round are independent. The triangle is what makes
// it fast: 4 to 10 sweeps where rotating A took 6 to 32, or more for graded rows, in trials of Gaussian, rank-deficient and graded matrices and products of triangles, orders 8 to 96. A matrix converged when a
// whole sweep found |x_i·x_j| ≤ √k·ε·‖x_i‖·‖x_j‖ everywhere. All is done on the matrix times a power of two that puts its
// largest entry just below 1; vectors shorter than 2^−450 then are zero.
//
// Geometry: up to 256 threads; a group of 8 or 16 lanes a pair of columns, a lane holding up to 8 entries of each in
// registers: fewer shuffles a pair than with a warp. Columns are contiguous, an odd number of doubles apart.
// Squared lengths are kept beside the columns and follow the rotations, so that a pair costs one sum over the group.
// Floor: 4·k³ FLOP a sweep, k the order; one read of the matrix.
// Tolerance: values within about 10·k·ε·σ₁. The same bits every time.
//   cost singular_values_shared: count=144 k=64 sweeps=8; bytes=8*count*(k*k+k+1); f64=count*4*sweeps*k^3; block=256;
//     dynamic=8*k*(k+1)
//   cost singular_values_global: count=144 k=128 sweeps=9; bytes=8*count*(k*k+k+1); f64=count*4*sweeps*k^3; block=256
#include "jacobi.cuh"

namespace jacobi {

__device__ __forceinline__ void values_of(const int64_t* jobs, int k, int most_sweeps, double* x, double* values,
                                          Shared& shared) {
  const int64_t job = blockIdx.x;
  const Vectors vectors(reinterpret_cast<const double*>(jobs[job]), k, k);
  const Group group(lanes_for(k));
  const int lead = k | 1;
  double* mine = values + job * (k + 1);
  const int exponent = common_exponent(vectors, shared);
  if (exponent > most_exponent) {
    if (threadIdx.x == 0) {
      mine[k] = -1.0;
    }
    return;
  }
  load(vectors, exponent, group, x, lead, shared);
  triangularise(x, k, k, lead, group, shared);
  transpose_triangle(x, lead, shared, k, x, lead);
  const int sweeps = sweep(x, nullptr, k, lead, most_sweeps, group, shared);
  finish(x, k, lead, exponent, sweeps, group, shared, shared.place, mine);
}

}  // namespace jacobi

extern "C" __global__ void __launch_bounds__(256, 1)
    singular_values_shared(const int64_t* jobs, int64_t order, int32_t most_sweeps, double*, double* values) {
  __shared__ jacobi::Shared shared;
  jacobi::values_of(jobs, static_cast<int>(order), most_sweeps, dynamic_shared<double>(), values, shared);
}
SCALEINV_KERNEL(singular_values_shared);

extern "C" __global__ void __launch_bounds__(256, 1)
    singular_values_global(const int64_t* jobs, int64_t order, int32_t most_sweeps, double* work, double* values) {
  __shared__ jacobi::Shared shared;
  double* x = work + blockIdx.x * order * (order | 1);
  jacobi::values_of(jobs, static_cast<int>(order), most_sweeps, x, values, shared);
}
SCALEINV_KERNEL(singular_values_global);
