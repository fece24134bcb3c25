// Pearson correlations between variables (n, t), t samples each, as org.scaleinv.engine.Correlation defines them.
//
//   standardise_T(variables, n, t, units, kinds), T = f32, f64: units (n, t) in single precision, each row less its mean
//     and divided by its length, computed in double precision; kinds (n): 0, or 1 for a constant variable and 2 for one
//     with a NaN or infinite sample, whose row is NaN.
//   correlations(units, n, t, from, count, symmetric, out): rows from … from + count − 1 of the matrix, out (count, n),
//     in [−1, 1] and 1 on the diagonal. symmetric != 0, for all rows: tiles on and above the diagonal are computed and
//     stored both ways.
//   best_partners(units, chosen, n, t, best): for each of the n rows that `chosen` names the largest correlation with
//     another of them and its place among them, as (ordered bits of the correlation) · 2^32 + (2^32 − 1 − place); 0 where
//     there is none. best (n) comes in as zeros.
// n and t stay below 2^31 − 64; products of them may pass it.
//
// Geometry: a warp a row to standardise, 8 of them a block. Otherwise one block of 64 threads a tile of 64 × 64 pairs, a
// thread 8 × 8 of them (pairwise_tile.cuh); its 130 to 151 registers leave room for 6 blocks on a multiprocessor. Of the
// tiles on and above the diagonal best_partners takes the largest of each row and each column by shuffles and joins it to
// `best` by an integer maximum, at most 192 atomic operations a tile: a number that holds value and place has one maximum,
// in whatever order.
// Floor: t·n² FLOP for each unordered pair once; 4·n² bytes written by correlations, 8·n by best_partners; the variables
// are read n/64 times, from the L2 cache. To standardise: they are read once (four times, three of them from caches) and
// written once.
// Tolerance: γ(t + 3)·Σ|x||y| ≤ γ(t + 3) in single precision, samples in order; the same bits wherever a pair lies in a
// tile, in both orders, in the matrix and as best.
//   cost standardise_f32: n=4096 t=4096; bytes=8*n*t+4*n; f64=5*n*t; block=256
//   cost standardise_f64: n=4096 t=4096; bytes=12*n*t+4*n; f64=5*n*t; block=256
//   cost correlations: n=4096 t=4096; bytes=4*(n*t+n*n); f32=t*n*(n-1); block=64
//   cost best_partners: n=4096 t=4096; bytes=4*n*t+12*n; f32=t*n*(n-1); block=64
#include "pairwise_tile.cuh"

namespace correlation {

using pairwise::column_of;
using pairwise::Corner;
using pairwise::Points;
using pairwise::row_of;
using pairwise::Shared;
using pairwise::Sums;

constexpr unsigned all_lanes = 0xffffffffu;

// NaN is neither above nor below.
__device__ __forceinline__ float clamp(float correlation) {
  return correlation > 1.0f ? 1.0f : correlation < -1.0f ? -1.0f : correlation;
}

struct Product {
  static constexpr bool rechecks = false;

  static __device__ __forceinline__ float step(float sum, float x, float y) { return fmaf(x, y, sum); }
  __device__ __forceinline__ float finish(float sum) const { return clamp(sum); }
};

__device__ __forceinline__ void matrix_tile(const Points& units, Shared& shared, int from, int count, bool symmetric,
                                            float* out) {
  const Corner corner(units.n, symmetric);
  const int64_t n = units.n;
  Sums sums;
  pairwise::measure<Product>(units, from + corner.row, corner.column, shared, sums);
#pragma unroll
  for (int i = 0; i < 8; i++) {
#pragma unroll
    for (int j = 0; j < 8; j++) {
      const bool itself = from + corner.row + row_of(i) == corner.column + column_of(j);
      sums[i][j] = itself && sums[i][j] == sums[i][j] ? 1.0f : sums[i][j];
    }
  }
  pairwise::store<false>(sums, Product{}, shared, count - corner.row, units.n - corner.column,
                         out + corner.row * n + corner.column, n);
  if (symmetric && corner.row != corner.column) {
    pairwise::store<true>(sums, Product{}, shared, units.n - corner.column, count - corner.row,
                          out + corner.column * n + corner.row, n);
  }
}

// The larger correlation, and of equal ones the one at the first place, is the larger number.
__device__ __forceinline__ unsigned long long rank(float correlation, int place) {
  if (place < 0) {
    return 0;
  }
  // −0 is equal to 0
  const unsigned bits = __float_as_uint(correlation + 0.0f);
  const unsigned ordered = bits >> 31 != 0 ? ~bits : bits | 0x80000000u;
  return static_cast<unsigned long long>(ordered) << 32 | (0xffffffffu - static_cast<unsigned>(place));
}

// Joins the best of lanes that differ in the bits of `lanes`, of which one writes.
__device__ __forceinline__ void join(unsigned long long own, int first, int last, bool writes,
                                     unsigned long long* best) {
#pragma unroll
  for (int lanes = first; lanes <= last; lanes *= 2) {
    const unsigned long long other = __shfl_xor_sync(all_lanes, own, lanes);
    own = other > own ? other : own;
  }
  if (writes && own != 0) {
    atomicMax(best, own);
  }
}

// The largest of eight values, the first of equal ones.
struct Largest {
  float value = -INFINITY;
  int place = -1;

  __device__ __forceinline__ void take(bool there, float other, int at) {
    if (there && other > value) {
      value = other;
      place = at;
    }
  }
};

__device__ __forceinline__ void best_tile(const Points& units, Shared& shared, unsigned long long* best) {
  const Corner corner(units.n, true);
  const int lane = threadIdx.x % 32;
  Sums sums;
  pairwise::measure<Product>(units, corner.row, corner.column, shared, sums);
#pragma unroll
  for (int i = 0; i < 8; i++) {
    const int row = corner.row + row_of(i);
    Largest largest;
#pragma unroll
    for (int j = 0; j < 8; j++) {
      const int column = corner.column + column_of(j);
      sums[i][j] = clamp(sums[i][j]);
      largest.take(column < units.n && column != row, sums[i][j], column);
    }
    join(rank(largest.value, largest.place), 1, 4, lane % 8 == 0 && row < units.n, best + row);
  }
  if (corner.row == corner.column) {
    return;
  }
#pragma unroll
  for (int j = 0; j < 8; j++) {
    const int column = corner.column + column_of(j);
    Largest largest;
#pragma unroll
    for (int i = 0; i < 8; i++) {
      const int row = corner.row + row_of(i);
      largest.take(row < units.n, sums[i][j], row);
    }
    join(rank(largest.value, largest.place), 8, 16, lane < 8 && column < units.n, best + column);
  }
}

// The bits of the largest magnitude: ordered as it is, those that are not finite above all others.
template <class Element>
__device__ __forceinline__ long long largest_bits(const Element* x, int64_t t) {
  long long largest = 0;
  for (int64_t k = threadIdx.x % 32; k < t; k += 32) {
    const long long bits = __double_as_longlong(fabs(static_cast<double>(x[k])));
    largest = bits > largest ? bits : largest;
  }
#pragma unroll
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    const long long other = __shfl_xor_sync(all_lanes, largest, lanes);
    largest = other > largest ? other : largest;
  }
  return largest;
}

// Samples count from the first one, exactly where they lie close together: a constant variable is exactly zero, and a
// large mean costs no digits. Scaled by a power of two, the largest is between 2 and 4, or as near as that can be.
template <class Element>
struct Shifted {
  const Element* x;
  double scale;
  double first;

  __device__ __forceinline__ Shifted(const Element* x, long long largest)
      : x(x), scale(__longlong_as_double(min(2047 - (largest >> 52), 2046LL) << 52)), first(x[0] * scale) {}

  __device__ __forceinline__ double at(int64_t k) const { return x[k] * scale - first; }
};

template <class Element>
__device__ __forceinline__ void standardise(const Element* variables, int64_t n, int64_t t, float* units,
                                            int32_t* kinds) {
  const int64_t row = pairwise::row_of_warp();
  if (row >= n) {
    return;
  }
  const int lane = threadIdx.x % 32;
  const long long largest = largest_bits(variables + row * t, t);
  const bool finite = largest >> 52 < 0x7ff;
  const Shifted<Element> shifted(variables + row * t, finite ? largest : 0);
  double sum = 0.0;
  for (int64_t k = lane; finite && k < t; k += 32) {
    sum += shifted.at(k);
  }
  const double mean = pairwise::warp_sum(sum) / static_cast<double>(t);
  double square = 0.0;
  for (int64_t k = lane; finite && k < t; k += 32) {
    const double difference = shifted.at(k) - mean;
    square = fma(difference, difference, square);
  }
  square = pairwise::warp_sum(square);
  const bool varies = square > 0.0;
  const double factor = 1.0 / sqrt(square);
  for (int64_t k = lane; k < t; k += 32) {
    units[row * t + k] = varies ? static_cast<float>((shifted.at(k) - mean) * factor) : NAN;
  }
  if (lane == 0) {
    kinds[row] = varies ? 0 : finite ? 1 : 2;
  }
}

}  // namespace correlation

extern "C" __global__ void __launch_bounds__(256)
    standardise_f32(const float* variables, int64_t n, int64_t t, float* units, int32_t* kinds) {
  correlation::standardise(variables, n, t, units, kinds);
}
SCALEINV_KERNEL(standardise_f32);

extern "C" __global__ void __launch_bounds__(256)
    standardise_f64(const double* variables, int64_t n, int64_t t, float* units, int32_t* kinds) {
  correlation::standardise(variables, n, t, units, kinds);
}
SCALEINV_KERNEL(standardise_f64);

extern "C" __global__ void __launch_bounds__(64, 5)
    correlations(const float* units, int64_t n, int64_t t, int64_t from, int64_t count, int32_t symmetric, float* out) {
  __shared__ pairwise::Shared shared;
  correlation::matrix_tile(pairwise::Points(units, nullptr, nullptr, n, t), shared, static_cast<int>(from),
                           static_cast<int>(count), symmetric != 0, out);
}
SCALEINV_KERNEL(correlations);

extern "C" __global__ void __launch_bounds__(64, 5)
    best_partners(const float* units, const int32_t* chosen, int64_t n, int64_t t, unsigned long long* best) {
  __shared__ pairwise::Shared shared;
  correlation::best_tile(pairwise::Points(units, chosen, nullptr, n, t), shared, best);
}
SCALEINV_KERNEL(best_partners);
