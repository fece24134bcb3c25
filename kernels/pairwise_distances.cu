// Distances between the rows of points (n, d), single precision, as org.scaleinv.engine.Distances defines them.
//
//   distances_M(points, norms, n, d, from, count, symmetric, form, out): rows from … from + count − 1 of all distances,
//     out (count, n). symmetric != 0, for all rows: tiles on and above the diagonal are computed and stored both ways.
//   near_pairs_M(…, segment, threshold, starts, counts, partners, lengths): the pairs j > i within the threshold, of the
//     same rows. Columns are cut into segments of `segment` (a multiple of 64). With starts null, counts (count, segments)
//     receives how many lie in each; otherwise the pairs of row r and segment s go to starts[r, s] and behind, j
//     ascending: the place of a pair depends on nothing but the distances.
//   M = dot: points with norms ‖x‖² (form: 0 Euclidean, 1 its square), or unit rows with norms 1 (form 2: half the square,
//     1 − cos). manhattan; chebyshev (norms as for Euclidean, they tell which points are finite).
//   squared_norms(points, n, d, norms); unit_rows(points, n, d, centred, units, norms): x/‖x‖, or of x less the mean of
//     its coordinates, and norms of 1. Their sums run in double precision.
// n and d stay below 2^31 − 64; products of them may pass it.
//
// Geometry: one block of 64 threads a tile of 64 × 64 pairs (a thread: 8 × 8, so 16 values read from shared memory serve
// 64 operations); for near_pairs one a tile row and segment; a warp a row for norms and unit rows. Slices of 8
// coordinates, 16 bytes a load where d is a multiple of 4, the next slice loaded while the last is used. Tiles of
// 128 × 128 by 256 threads read the points half as often, but at two blocks on a multiprocessor leave 128 registers a
// thread, which spill (ptxas 13.0, sm_80 to sm_120), as do the 168 of 5 blocks here; 4 blocks leave 255.
// Floor: d·n² FLOP for the symmetric matrix by dot (d multiply-adds for each of n²/2 pairs), as many additions,
// magnitudes and maxima for the other two; 4·n² bytes written; the points are read n/64 times, from the L2 cache.
// Tolerance: sums over d in single precision, coordinates in order: 2γ(d + 4)·(‖x‖² + ‖y‖²) in d²; pairs with
// d² < 1e-3·(‖x‖² + ‖y‖²) are summed again from differences, γ(d + 3) relative. The same bits wherever a pair lies in a
// tile, and in both orders.
//   cost distances_{dot,manhattan,chebyshev}: n=5000 d=768; bytes=4*(n*d+n*n); f32=d*n*(n-1); block=64
//   cost near_pairs_{dot,manhattan,chebyshev}: n=5000 d=768 pairs=10^6; bytes=4*n*d+8*pairs; f32=d*n*(n-1); block=64
//   cost squared_norms: n=5000 d=768; bytes=4*n*(d+1); f64=2*n*d; block=256; preparation
//   cost unit_rows: n=5000 d=768; bytes=4*n*(2*d+1); f64=6*n*d; block=256; preparation
#include "pairwise_tile.cuh"

namespace pairwise {

// A metric sums `step` over the coordinates and makes `first` of it; where that is doubtful, Again is summed instead.

struct Difference {
  static __device__ __forceinline__ float step(float sum, float x, float y) {
    const float difference = x - y;
    return fmaf(difference, difference, sum);
  }
};

struct Dot {
  using Again = Difference;
  static constexpr bool rechecks = true;
  int32_t form;

  static __device__ __forceinline__ float step(float sum, float x, float y) { return fmaf(x, y, sum); }
  static __device__ __forceinline__ float first(float dot, float norms) { return fmaf(-2.0f, dot, norms); }

  // so that also ∞ is, where the norms overflowed, and NaN, of ∞ − ∞ where the product did, too
  static __device__ __forceinline__ bool doubtful(float square, float norms) {
    return !(square >= 1e-3f * norms && square < INFINITY);
  }

  __device__ __forceinline__ float finish(float square) const {
    if (form == 0) {
      return sqrtf(square);
    }
    if (form == 1) {
      return square;
    }
    return square > 4.0f ? 2.0f : 0.5f * square;
  }
};

struct Manhattan {
  static constexpr bool rechecks = false;
  int32_t form;

  static __device__ __forceinline__ float step(float sum, float x, float y) { return sum + fabsf(x - y); }
  __device__ __forceinline__ float finish(float sum) const { return sum; }
};

// fmaxf lets a NaN go for any number.
struct KeepingNan {
  static __device__ __forceinline__ float step(float most, float x, float y) {
    const float difference = fabsf(x - y);
    return difference <= most || most != most ? most : difference;
  }
};

struct Chebyshev {
  using Again = KeepingNan;
  static constexpr bool rechecks = true;
  int32_t form;

  static __device__ __forceinline__ float step(float most, float x, float y) { return fmaxf(most, fabsf(x - y)); }
  static __device__ __forceinline__ float first(float most, float) { return most; }
  static __device__ __forceinline__ bool doubtful(float, float norms) { return !(norms < INFINITY); }
  __device__ __forceinline__ float finish(float most) const { return most; }
};

template <class Metric>
__device__ __forceinline__ void distances(const Points& points, const Metric& metric, Shared& shared, int from,
                                          int count, bool symmetric, float* out) {
  const Corner corner(points.n, symmetric);
  const int row = corner.row;
  const int column = corner.column;
  const int64_t n = points.n;
  Sums sums;
  measure<Metric>(points, from + row, column, shared, sums);
  store<false>(sums, metric, shared, count - row, points.n - column, out + row * n + column, n);
  if (symmetric && row != column) {
    store<true>(sums, metric, shared, points.n - column, count - row, out + column * n + row, n);
  }
}

struct Graph {
  const int64_t* starts;  // of this block's first row and segment; null while pairs are counted
  int64_t stride;
  int32_t* partners;
  float* lengths;
};

// The pairs within the threshold among 32 columns of a row, one a lane; returns how many.
__device__ __forceinline__ int collect(const Graph& graph, int row, int found, bool hit, int partner, float length) {
  const unsigned hits = __ballot_sync(0xffffffffu, hit);
  if (hit && graph.starts != nullptr) {
    const unsigned before = hits & ((1u << threadIdx.x % 32) - 1u);
    const int64_t place = graph.starts[row * graph.stride] + found + __popc(before);
    graph.partners[place] = partner;
    graph.lengths[place] = length;
  }
  return __popc(hits);
}

template <class Metric>
__device__ __forceinline__ void near_pairs(const Points& points, const Metric& metric, Shared& shared, int from,
                                           int count, int segment, float threshold, const int64_t* starts,
                                           int32_t* counts, int32_t* partners, float* lengths) {
  const int segments = (points.n - 1) / segment + 1;
  const int number = static_cast<int>(blockIdx.x) % segments;
  const int first = static_cast<int>(blockIdx.x) / segments * tile;
  const int row = from + first;
  const int end = number == segments - 1 ? points.n : (number + 1) * segment;
  const int64_t own = static_cast<int64_t>(first) * segments + number;
  const Graph graph{starts == nullptr ? nullptr : starts + own, segments, partners, lengths};
  shared.found[threadIdx.x] = 0;
  for (int column = number * segment; column < end; column += tile) {
    if (column + tile <= row + 1) {
      continue;
    }
    Sums sums;
    measure<Metric>(points, row, column, shared, sums);
    by_parts<false>(sums, shared, [&](int part) {
#pragma unroll 1
      for (int r = part + threadIdx.x / 32; r < part + staged; r += threads / 32) {
        int found = shared.found[r];
        __syncwarp();
#pragma unroll 1
        for (int c = threadIdx.x % 32; c < tile; c += 32) {
          const int partner = column + c;
          const float length = metric.finish(shared.stage[r - part][c]);
          const bool hit = first + r < count && partner < points.n && partner > row + r && length <= threshold;
          found += collect(graph, r, found, hit, partner, length);
        }
        if (threadIdx.x % 32 == 0) {
          shared.found[r] = found;
        }
      }
    });
  }
  __syncthreads();
  if (starts == nullptr && first + static_cast<int>(threadIdx.x) < count) {
    counts[own + threadIdx.x * segments] = shared.found[threadIdx.x];
  }
}

__device__ __forceinline__ double centred_square(const float* x, int64_t d, double mean) {
  double sum = 0.0;
  for (int64_t k = threadIdx.x % 32; k < d; k += 32) {
    const double value = x[k] - mean;
    sum = fma(value, value, sum);
  }
  return warp_sum(sum);
}

}  // namespace pairwise

extern "C" __global__ void __launch_bounds__(256, 4)
    squared_norms(const float* points, int64_t n, int64_t d, float* norms) {
  const int64_t row = pairwise::row_of_warp();
  if (row >= n) {
    return;
  }
  const double square = pairwise::centred_square(points + row * d, d, 0.0);
  if (threadIdx.x % 32 == 0) {
    norms[row] = static_cast<float>(square);
  }
}
SCALEINV_KERNEL(squared_norms);

extern "C" __global__ void __launch_bounds__(256, 4)
    unit_rows(const float* points, int64_t n, int64_t d, int32_t centred, float* units, float* norms) {
  const int64_t row = pairwise::row_of_warp();
  if (row >= n) {
    return;
  }
  const float* x = points + row * d;
  double mean = 0.0;
  if (centred != 0) {
    for (int64_t k = threadIdx.x % 32; k < d; k += 32) {
      mean += x[k];
    }
    mean = pairwise::warp_sum(mean) / static_cast<double>(d);
  }
  // 0 · ∞ and ∞ · 0 make the NaN of points without a direction
  const double scale = rsqrt(pairwise::centred_square(x, d, mean));
  for (int64_t k = threadIdx.x % 32; k < d; k += 32) {
    units[row * d + k] = static_cast<float>((x[k] - mean) * scale);
  }
  if (threadIdx.x % 32 == 0) {
    norms[row] = 1.0f;
  }
}
SCALEINV_KERNEL(unit_rows);

#define PAIRWISE(name, Metric)                                                                                       \
  extern "C" __global__ void __launch_bounds__(64, 4)                                                                \
      distances_##name(const float* points, const float* norms, int64_t n, int64_t d, int64_t from, int64_t count,   \
                       int32_t symmetric, int32_t form, float* out) {                                                \
    __shared__ pairwise::Shared shared;                                                                              \
    pairwise::distances(pairwise::Points(points, nullptr, norms, n, d), pairwise::Metric{form}, shared,              \
                        static_cast<int>(from), static_cast<int>(count), symmetric != 0, out);                       \
  }                                                                                                                  \
  SCALEINV_KERNEL(distances_##name);                                                                                 \
                                                                                                                     \
  extern "C" __global__ void __launch_bounds__(64, 4) near_pairs_##name(                                             \
      const float* points, const float* norms, int64_t n, int64_t d, int64_t from, int64_t count, int32_t form,      \
      int64_t segment, float threshold, const int64_t* starts, int32_t* counts, int32_t* partners, float* lengths) { \
    __shared__ pairwise::Shared shared;                                                                              \
    pairwise::near_pairs(pairwise::Points(points, nullptr, norms, n, d), pairwise::Metric{form}, shared,             \
                         static_cast<int>(from), static_cast<int>(count), static_cast<int>(segment), threshold,      \
                         starts, counts, partners, lengths);                                                         \
  }                                                                                                                  \
  SCALEINV_KERNEL(near_pairs_##name);

PAIRWISE(dot, Dot)
PAIRWISE(manhattan, Manhattan)
PAIRWISE(chebyshev, Chebyshev)
