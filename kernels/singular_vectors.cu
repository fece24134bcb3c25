// Thin singular value decompositions of matrices with a short side up to 128, one block a matrix.
//
//   singular_vectors_P(jobs, rows, columns, most_sweeps, squares, work, values, shorts, longs): jobs (count) are the
//     addresses of matrices (rows, columns), k the short side, m the long one. values (count, k + 1) as those of
//     singular_values.cu. shorts (count, k, k) and longs (count, k, m): in row i the vectors of value i along the short
//     and the long side; where value i is 0, row i of shorts is left to the caller to complete. P says where the
//     squares (k, k | 1) of X and V lie, see below: both in dynamic shared memory (shared), or V in work, and X too
//     where squares is 2 (global). work: k·m doubles a matrix and `squares` squares.
//
// Method: B·P = Q·R and Rᵀ·J = U·Σ as in singular_values.cu, B (m, k) the matrix or its transpose: X = Rᵀ is rotated,
// V = J gathers the rotations. So P·U are the vectors along the short side and Q·J those along the long one. The first
// are orthogonal because the sweeps end only where they are, whatever their values; the second because reflections and
// rotations are. B·U·Σ⁻¹ would lose that with every digit that a value lies below the first. The reflections stay in
// work below R, and are put on J in the end.
//
// Geometry: as in singular_values.cu; what is as long as the matrix lies in global memory.
// Floor: 7·k³ FLOP a sweep, 4·m·k² for reflections and Q·J; one read of the matrix, one write of the vectors.
// Tolerance: values within about 10·k·ε·σ₁, ‖A − L·Σ·R‖_F within a small multiple of (m + k)·ε·‖A‖_F, vectors
// orthonormal within a small multiple of (m + k)·ε. The same bits every time, and wherever the squares lie.
//   cost singular_vectors_shared: count=144 m=64 k=64 sweeps=8; bytes=8*count*(2*m*k+k*k+k+1);
//     f64=count*(7*sweeps*k^3+4*m*k^2); block=256; dynamic=16*k*(k+1)
//   cost singular_vectors_global: count=144 m=128 k=128 sweeps=9; bytes=8*count*(2*m*k+k*k+k+1);
//     f64=count*(7*sweeps*k^3+4*m*k^2); block=256
#include "jacobi.cuh"

namespace jacobi {

// x (k, k) = the identity.
__device__ __forceinline__ void start_rotations(double* x, int k, int lead) {
  for (int e = threadIdx.x; e < k * k; e += blockDim.x) {
    x[e / k * lead + e % k] = e / k == e % k ? 1.0 : 0.0;
  }
}

// Row rank[j] of shorts is column j of x in the order of the vectors before load, over its length.
__device__ __forceinline__ void write_shorts(const double* x, int k, int lead, const int32_t* rank,
                                             const Shared& shared, double* shorts) {
  for (int e = threadIdx.x; e < k * k; e += blockDim.x) {
    const int j = e / k;
    const int vector = e % k;
    const double length = shared.norm[j];
    shorts[rank[j] * k + vector] = length > 0.0 ? x[j * lead + shared.place[vector]] / length : 0.0;
  }
}

// Row rank[j] of longs (k, m) is Q times column j of v, Q by its reflections below the diagonal of a (k, m).
__device__ __forceinline__ void write_longs(const double* v, int k, int lead, const int32_t* rank, const double* a,
                                            int64_t m, const Group& group, const Shared& shared, double* longs) {
  for (int base = 0; base < k; base += group.count) {
    const int j = base + group.index;
    const bool active = j < k;
    double* y = longs + (active ? rank[j] : 0) * m;
    for (int64_t i = group.lane; active && i < m; i += group.lanes) {
      y[i] = i < k ? v[j * lead + i] : 0.0;
    }
    __syncwarp();
    for (int step = k - 1; step >= 0; step--) {
      reflect(group, shared.tau[step], shared.scale[step], a + step * m + step, y + step, m - step - 1, active);
      __syncwarp();
    }
  }
}

__device__ __forceinline__ void vectors_of(const Vectors& vectors, int most_sweeps, double* a, double* x, double* v,
                                           double* values, double* shorts, double* longs, int32_t* rank,
                                           Shared& shared) {
  const int k = vectors.k;
  const int lead = k | 1;
  const Group group(lanes_for(k));
  const int exponent = common_exponent(vectors, shared);
  if (exponent > most_exponent) {
    if (threadIdx.x == 0) {
      values[k] = -1.0;
    }
    return;
  }
  load(vectors, exponent, group, a, vectors.length, shared);
  triangularise(a, k, vectors.length, vectors.length, group, shared);
  transpose_triangle(a, vectors.length, shared, k, x, lead);
  start_rotations(v, k, lead);
  __syncthreads();
  const int sweeps = sweep(x, v, k, lead, most_sweeps, group, shared);
  finish(x, k, lead, exponent, sweeps, group, shared, rank, values);
  write_shorts(x, k, lead, rank, shared, shorts);
  write_longs(v, k, lead, rank, a, vectors.length, group, shared, longs);
}

}  // namespace jacobi

extern "C" __global__ void __launch_bounds__(256, 1)
    singular_vectors_shared(const int64_t* jobs, int64_t rows, int64_t columns, int32_t most_sweeps, int32_t,
                            double* work, double* values, double* shorts, double* longs) {
  __shared__ jacobi::Shared shared;
  __shared__ int32_t rank[jacobi::most];
  const int64_t job = blockIdx.x;
  const jacobi::Vectors vectors(reinterpret_cast<const double*>(jobs[job]), rows, columns);
  const int64_t k = vectors.k;
  const int64_t size = rows * columns;
  auto* x = dynamic_shared<double>();
  jacobi::vectors_of(vectors, most_sweeps, work + job * size, x, x + k * (k | 1), values + job * (k + 1),
                     shorts + job * k * k, longs + job * size, rank, shared);
}
SCALEINV_KERNEL(singular_vectors_shared);

extern "C" __global__ void __launch_bounds__(256, 1)
    singular_vectors_global(const int64_t* jobs, int64_t rows, int64_t columns, int32_t most_sweeps, int32_t squares,
                            double* work, double* values, double* shorts, double* longs) {
  __shared__ jacobi::Shared shared;
  __shared__ int32_t rank[jacobi::most];
  const int64_t job = blockIdx.x;
  const jacobi::Vectors vectors(reinterpret_cast<const double*>(jobs[job]), rows, columns);
  const int64_t k = vectors.k;
  const int64_t size = rows * columns;
  const int64_t square = k * (k | 1);
  double* a = work + job * (size + squares * square);
  double* v = a + size;
  double* x = squares == 2 ? v + square : dynamic_shared<double>();
  jacobi::vectors_of(vectors, most_sweeps, a, x, v, values + job * (k + 1), shorts + job * k * k, longs + job * size,
                     rank, shared);
}
SCALEINV_KERNEL(singular_vectors_global);
