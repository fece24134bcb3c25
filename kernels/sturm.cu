// Eigenvalues of a symmetric tridiagonal matrix (n, n) by bisection on Sturm counts (Barth, Martin, Wilkinson, Numer.
// Math. 9, 1967), one thread an eigenvalue. diagonal (n); coupling (n), entry i couples i − 1 and i, entry 0 is not read.
//
//   sturm_bounds: squares (n) of the couplings, 0 for those within 2^−54 of the largest entry, which moves no eigenvalue
//     by more than half an ε of that entry; bounds (2), which hold all eigenvalues (Gerschgorin).
//   sturm_eigenvalues: values (n) in descending order but for what lies within the tolerance, times 2^e for
//     `largest` in [2^(e−1), 2^e).
// The largest entry lies between 1/8 and 2^40. Leading minors are products, not the usual quotients, as a division takes
// ten times as long; scaled every eighth row they stay in the range of a double, as no square is small.
//
// Geometry: sturm_bounds one block of 256; sturm_eigenvalues 64 threads a block, so that few eigenvalues still spread
// over many multiprocessors; 256 rows pass shared memory at a time.
// Floor: 54·n² steps of 5 operations, each waiting for the one before: latency, not throughput.
//   cost sturm_bounds: n=3072; bytes=24*n; f64=8*n; block=256
//   cost sturm_eigenvalues: n=3072; bytes=24*n; f64=54*5*n^2; block=64
// Tolerance: 8·ε of the largest sum of a row's magnitudes; the same bits every time.
#include "kernel.cuh"

namespace sturm {

constexpr int threads = 64;
constexpr int staged = 256;
constexpr int steps_per_scaling = 8;
constexpr int halvings = 54;  // of an interval up to twice as wide as its largest magnitude
constexpr double negligible = 0x1p-54;

constexpr int exponent_mask = 0x7ff00000;
constexpr int twice_the_bias = 2 * 1023 << 20;

// Minors of a row and of the one before, times one power of two.
struct Minors {
  double now = 1.0;
  double before = 0.0;
  int count = 0;

  // A square of 0 parts the matrix in two; the minors of the second part begin anew.
  __device__ __forceinline__ void step(double shifted, double square) {
    now = square == 0.0 ? 1.0 : now;
    const double next = fma(shifted, now, -(square * before));
    count += static_cast<unsigned>(__double2hiint(next) ^ __double2hiint(now)) >> 31;
    before = now;
    now = next;
  }

  // brings the larger of the two into [1, 2)
  __device__ __forceinline__ void scale() {
    const int a = __double2hiint(now) & exponent_mask;
    const int b = __double2hiint(before) & exponent_mask;
    const double factor = __hiloint2double(twice_the_bias - max(a, b), 0);
    now *= factor;
    before *= factor;
  }
};

struct Extremes {
  double low;
  double high;
  double largest;

  __device__ __forceinline__ void join(const Extremes& other) {
    low = fmin(low, other.low);
    high = fmax(high, other.high);
    largest = fmax(largest, other.largest);
  }
};

}  // namespace sturm

extern "C" __global__ void __launch_bounds__(256)
    sturm_bounds(const double* diagonal, const double* coupling, int64_t n, double* squares, double* bounds) {
  using namespace sturm;
  __shared__ Extremes parts[8];
  Extremes extremes{0.0, 0.0, 0.0};
  for (int64_t i = threadIdx.x; i < n; i += blockDim.x) {
    const double left = i > 0 ? fabs(coupling[i]) : 0.0;
    const double right = i + 1 < n ? fabs(coupling[i + 1]) : 0.0;
    extremes.join({diagonal[i] - left - right, diagonal[i] + left + right, fmax(fabs(diagonal[i]), left)});
  }
#pragma unroll
  for (int apart = 16; apart > 0; apart /= 2) {
    extremes.join({__shfl_xor_sync(0xffffffffu, extremes.low, apart),
                   __shfl_xor_sync(0xffffffffu, extremes.high, apart),
                   __shfl_xor_sync(0xffffffffu, extremes.largest, apart)});
  }
  if (threadIdx.x % 32 == 0) {
    parts[threadIdx.x / 32] = extremes;
  }
  __syncthreads();
  for (const Extremes& part : parts) {
    extremes.join(part);
  }
  for (int64_t i = threadIdx.x; i < n; i += blockDim.x) {
    const bool coupled = i > 0 && fabs(coupling[i]) > negligible * extremes.largest;
    squares[i] = coupled ? coupling[i] * coupling[i] : 0.0;
  }
  if (threadIdx.x == 0) {
    const double margin = 0x1p-50 * fmax(-extremes.low, extremes.high);
    bounds[0] = extremes.low - margin;
    bounds[1] = extremes.high + margin;
  }
}
SCALEINV_KERNEL(sturm_bounds);

extern "C" __global__ void __launch_bounds__(64, 8)
    sturm_eigenvalues(const double* diagonal, const double* squares, int64_t n, const double* bounds,
                      const double* largest, double* values) {
  using namespace sturm;
  __shared__ double2 rows[staged];
  const int64_t place = static_cast<int64_t>(blockIdx.x) * threads + threadIdx.x;
  double low = bounds[0];
  double high = bounds[1];
  // a row that no eigenvalue lies beyond, for what is left of the last eight
  const double2 beyond = make_double2(high + 1.0, 0.0);
  for (int halving = 0; halving < halvings; halving++) {
    const double middle = 0.5 * (low + high);
    Minors minors;
    for (int64_t from = 0; from < n; from += staged) {
      __syncthreads();
      for (int i = threadIdx.x; i < staged; i += threads) {
        rows[i] = from + i < n ? make_double2(diagonal[from + i], squares[from + i]) : beyond;
      }
      __syncthreads();
      const int end = static_cast<int>(min(static_cast<int64_t>(staged), n - from));
      for (int i = 0; i < end; i += steps_per_scaling) {
#pragma unroll
        for (int k = 0; k < steps_per_scaling; k++) {
          minors.step(rows[i + k].x - middle, rows[i + k].y);
        }
        minors.scale();
      }
    }
    if (minors.count > place) {
      high = middle;
    } else {
      low = middle;
    }
  }
  double value = 0.5 * (low + high);
  // a row that nothing couples is an eigenvalue to the last digit, and here one of those between low and high
  for (int64_t i = 0; i < n; i++) {
    const bool alone = squares[i] == 0.0 && (i + 1 == n || squares[i + 1] == 0.0);
    const double own = diagonal[i];
    value = alone && low <= own && own <= high ? own : value;
  }
  if (place < n) {
    const int exponent = *largest == 0.0 ? 0 : ilogb(*largest) + 1;
    values[n - 1 - place] = ldexp(value, exponent);
  }
}
SCALEINV_KERNEL(sturm_eigenvalues);
