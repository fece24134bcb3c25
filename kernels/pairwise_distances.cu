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
#include "triangle.cuh"

namespace pairwise {

constexpr int tile = 64;
constexpr int threads = 64;
constexpr int depth = 8;
constexpr int listed = 256;  // pairs of a tile that are summed again one by one
constexpr int staged = 32;   // rows of a tile that pass shared memory at a time

struct Slices {
  float row[2][depth][tile];
  float column[2][depth][tile];
};

struct Pair {
  int32_t place;  // 64·row + column
  float value;
};

struct alignas(16) Shared {
  union {
    Slices slices;
    float stage[staged][tile + 4];
  };
  Pair list[listed];
  int32_t length;
  int32_t found[tile];
};

struct Points {
  const float* data;
  const float* norms;
  int n;
  int d;
  bool vectors;

  __device__ __forceinline__ Points(const float* data, const float* norms, int64_t n, int64_t d)
      : data(data),
        norms(norms),
        n(static_cast<int>(n)),
        d(static_cast<int>(d)),
        vectors(d % 4 == 0 && reinterpret_cast<uintptr_t>(data) % 16 == 0) {}

  // Coordinates k … k + 3 of a point; zeros where there are none.
  __device__ __forceinline__ float4 four(const float* point, int k) const {
    if (point == nullptr || k >= d) {
      return make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    }
    const float* from = point + k;
    if (vectors) {
      return *reinterpret_cast<const float4*>(from);
    }
    return make_float4(from[0], k + 1 < d ? from[1] : 0.0f, k + 2 < d ? from[2] : 0.0f, k + 3 < d ? from[3] : 0.0f);
  }

  __device__ __forceinline__ const float* point(int row) const {
    return row < n ? data + static_cast<int64_t>(row) * d : nullptr;
  }
  __device__ __forceinline__ float norm(int row) const { return row < n ? norms[row] : 0.0f; }
};

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

  // so that also what overflowed or met a NaN is
  static __device__ __forceinline__ bool doubtful(float square, float norms) { return !(square >= 1e-3f * norms); }

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

// Of the 8 × 8 pairs of a thread, 4 rows and columns lie in either half of the tile: reads of 16 bytes without conflicts.
__device__ __forceinline__ int row_of(int i) { return (i & 4) * 8 + threadIdx.x / 8 * 4 + (i & 3); }
__device__ __forceinline__ int column_of(int j) { return (j & 4) * 8 + threadIdx.x % 8 * 4 + (j & 3); }

using Sums = float[8][8];

// Coordinates k … k + 7 of this thread's point, on their way to a slice.
struct Fetched {
  float4 low;
  float4 high;

  __device__ __forceinline__ Fetched(const Points& points, const float* point, int k)
      : low(points.four(point, k)), high(points.four(point, k + 4)) {}

  __device__ __forceinline__ void put(float (&slice)[depth][tile]) const {
    slice[0][threadIdx.x] = low.x;
    slice[1][threadIdx.x] = low.y;
    slice[2][threadIdx.x] = low.z;
    slice[3][threadIdx.x] = low.w;
    slice[4][threadIdx.x] = high.x;
    slice[5][threadIdx.x] = high.y;
    slice[6][threadIdx.x] = high.z;
    slice[7][threadIdx.x] = high.w;
  }
};

// Values first … first + count − 1 of the 8 that a thread needs of a line.
template <int count>
__device__ __forceinline__ void take(const float (&line)[tile], int at, int first, float (&values)[count]) {
  static_assert(count == 8 || count == 2);
  if constexpr (count == 2) {
    const float2 two = *reinterpret_cast<const float2*>(line + 8 * (first & 4) + 4 * at + (first & 2));
    values[0] = two.x;
    values[1] = two.y;
  } else {
#pragma unroll
    for (int half = 0; half < 8; half += 4) {
      const float4 four = *reinterpret_cast<const float4*>(line + 8 * half + 4 * at);
      values[half] = four.x;
      values[half + 1] = four.y;
      values[half + 2] = four.z;
      values[half + 3] = four.w;
    }
  }
}

// Sums of rows first … first + rows − 1 of each thread's 8, from zero. The slices must be free, and are again when all
// threads have passed another barrier.
template <class Step, int rows>
__device__ __forceinline__ void accumulate(const Points& points, int row, int column, Slices& slices, int first,
                                           float (&sums)[rows][8]) {
#pragma unroll
  for (int i = 0; i < rows; i++) {
#pragma unroll
    for (int j = 0; j < 8; j++) {
      sums[i][j] = 0.0f;
    }
  }
  const float* point = points.point(row + threadIdx.x);
  const float* partner = points.point(column + threadIdx.x);
  Fetched of_row(points, point, 0);
  Fetched of_column(points, partner, 0);
  int stage = 0;
#pragma unroll 1
  for (int k = 0; k < points.d; k += depth) {
    of_row.put(slices.row[stage]);
    of_column.put(slices.column[stage]);
    __syncthreads();
    of_row = Fetched(points, point, k + depth);
    of_column = Fetched(points, partner, k + depth);
#pragma unroll
    for (int step = 0; step < depth; step++) {
      float x[rows];
      float y[8];
      take(slices.row[stage][step], threadIdx.x / 8, first, x);
      take(slices.column[stage][step], threadIdx.x % 8, 0, y);
#pragma unroll
      for (int i = 0; i < rows; i++) {
#pragma unroll
        for (int j = 0; j < 8; j++) {
          sums[i][j] = Step::step(sums[i][j], x[i], y[j]);
        }
      }
    }
    stage ^= 1;
  }
}

// One pair in the order of accumulate, to the same bits.
template <class Step>
__device__ __forceinline__ float alone(const Points& points, int row, int partner) {
  const float* point = points.point(row);
  const float* other = points.point(partner);
  float sum = 0.0f;
#pragma unroll 2
  for (int k = 0; k < points.d; k += 4) {
    const float4 x = points.four(point, k);
    const float4 y = points.four(other, k);
    sum = Step::step(Step::step(sum, x.x, y.x), x.y, y.y);
    sum = Step::step(Step::step(sum, x.z, y.z), x.w, y.w);
  }
  return sum;
}

// Bit 8·(i % 4) + j of doubtful[i / 4]: the pair has to be summed again.
template <class Metric>
__device__ __forceinline__ void doubt(const Points& points, int row, int column, Sums& sums, unsigned (&doubtful)[2]) {
  float norms[8];
#pragma unroll
  for (int j = 0; j < 8; j++) {
    norms[j] = points.norm(column + column_of(j));
  }
#pragma unroll
  for (int i = 0; i < 8; i++) {
    const float norm = points.norm(row + row_of(i));
#pragma unroll
    for (int j = 0; j < 8; j++) {
      sums[i][j] = Metric::first(sums[i][j], norm + norms[j]);
      doubtful[i / 4] |= Metric::doubtful(sums[i][j], norm + norms[j]) ? 1u << (8 * (i % 4) + j) : 0u;
    }
  }
}

// Lists the places of doubtful pairs, as far as there is room.
__device__ __forceinline__ void list_pairs(Shared& shared, unsigned doubtful, int half) {
  int slot = doubtful == 0 ? 0 : atomicAdd(&shared.length, __popc(doubtful));
  for (; doubtful != 0 && slot < listed; slot++) {
    const int bit = __ffs(static_cast<int>(doubtful)) - 1;
    doubtful &= doubtful - 1;
    shared.list[slot].place = row_of(4 * half + bit / 8) * tile + column_of(bit % 8);
  }
}

// The whole tile again, two rows a thread at a time: there are no registers for all beside the sums that stay.
template <class Metric>
__device__ __forceinline__ void sum_all(const Points& points, int row, int column, Slices& slices, Sums& sums,
                                        const unsigned (&doubtful)[2]) {
#pragma unroll
  for (int first = 0; first < 8; first += 2) {
    float again[2][8];
    accumulate<typename Metric::Again>(points, row, column, slices, first, again);
    __syncthreads();
#pragma unroll
    for (int p = 0; p < 16; p++) {
      if (doubtful[first / 4] >> (8 * (first % 4) + p) & 1u) {
        sums[first + p / 8][p % 8] = again[p / 8][p % 8];
      }
    }
  }
}

// The sums of a tile, doubtful pairs summed again: each by whichever thread is free, its sum left in the list, or all.
// Near duplicates are rare; then a few threads' loops over d cost less than another pass over the tile.
template <class Metric>
__device__ __forceinline__ void measure(const Points& points, int row, int column, Shared& shared, Sums& sums) {
  if (threadIdx.x == 0) {
    shared.length = 0;
  }
  accumulate<Metric>(points, row, column, shared.slices, 0, sums);
  __syncthreads();
  if constexpr (Metric::rechecks) {
    unsigned doubtful[2] = {};
    doubt<Metric>(points, row, column, sums, doubtful);
    list_pairs(shared, doubtful[0], 0);
    list_pairs(shared, doubtful[1], 1);
    __syncthreads();
    const int length = shared.length;
    __syncthreads();
    if (length > listed) {
      if (threadIdx.x == 0) {
        shared.length = 0;
      }
      sum_all<Metric>(points, row, column, shared.slices, sums, doubtful);
      return;
    }
    for (int e = threadIdx.x; e < length; e += threads) {
      const int place = shared.list[e].place;
      shared.list[e].value = alone<typename Metric::Again>(points, row + place / tile, column + place % tile);
    }
  }
}

// Hands a tile (or its transpose) over 32 rows at a time in shared memory: use(first row) with the stage filled.
template <bool transposed, class Use>
__device__ __forceinline__ void by_parts(const Sums& sums, Shared& shared, Use use) {
  const int own = transposed ? threadIdx.x % 8 : threadIdx.x / 8;
  const int across = transposed ? threadIdx.x / 8 : threadIdx.x % 8;
#pragma unroll
  for (int part = 0; part < 2; part++) {
#pragma unroll
    for (int i = 0; i < 4; i++) {
      float* line = shared.stage[4 * own + i] + 4 * across;
      const int a = 4 * part + i;
#pragma unroll
      for (int b = 0; b < 8; b += 4) {
        *reinterpret_cast<float4*>(line + 8 * b) =
            transposed ? make_float4(sums[b][a], sums[b + 1][a], sums[b + 2][a], sums[b + 3][a])
                       : make_float4(sums[a][b], sums[a][b + 1], sums[a][b + 2], sums[a][b + 3]);
      }
    }
    __syncthreads();
    const int length = shared.length;
    for (int e = threadIdx.x; e < length; e += threads) {
      const Pair pair = shared.list[e];
      const int row = transposed ? pair.place % tile : pair.place / tile;
      const int column = transposed ? pair.place / tile : pair.place % tile;
      if (row / staged == part) {
        shared.stage[row % staged][column] = pair.value;
      }
    }
    if (length > 0) {
      __syncthreads();
    }
    use(part * staged);
    __syncthreads();
  }
}

// Writes rows × columns of a tile, or of its transpose: a warp 128 bytes side by side in either case.
template <bool transposed, class Metric>
__device__ __forceinline__ void store(const Sums& sums, const Metric& metric, Shared& shared, int rows, int columns,
                                      float* out, int64_t stride) {
  by_parts<transposed>(sums, shared, [&](int first) {
    const int column = threadIdx.x;
#pragma unroll 1
    for (int r = 0; r < staged; r++) {
      if (first + r < rows && column < columns) {
        out[(first + r) * stride + column] = metric.finish(shared.stage[r][column]);
      }
    }
  });
}

template <class Metric>
__device__ __forceinline__ void distances(const Points& points, const Metric& metric, Shared& shared, int from,
                                          int count, bool symmetric, float* out) {
  const int64_t index = blockIdx.x;
  const int tiles = (points.n + tile - 1) / tile;
  int row = static_cast<int>(index / tiles) * tile;
  int column = static_cast<int>(index % tiles) * tile;
  if (symmetric) {
    const int64_t tile_column = triangle_row(index);
    row = static_cast<int>(index - tile_column * (tile_column + 1) / 2) * tile;
    column = static_cast<int>(tile_column) * tile;
  }
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
  const int segments = (points.n + segment - 1) / segment;
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

__device__ __forceinline__ double warp_sum(double value) {
#pragma unroll
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, lanes);
  }
  return value;
}

__device__ __forceinline__ double centred_square(const float* x, int64_t d, double mean) {
  double sum = 0.0;
  for (int64_t k = threadIdx.x % 32; k < d; k += 32) {
    const double value = x[k] - mean;
    sum = fma(value, value, sum);
  }
  return warp_sum(sum);
}

__device__ __forceinline__ int64_t row_of_warp() {
  return (static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x) / 32;
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

#define PAIRWISE(name, Metric)                                                                                         \
  extern "C" __global__ void __launch_bounds__(64, 4)                                                                  \
      distances_##name(const float* points, const float* norms, int64_t n, int64_t d, int64_t from, int64_t count,     \
                       int32_t symmetric, int32_t form, float* out) {                                                  \
    __shared__ pairwise::Shared shared;                                                                                \
    pairwise::distances(pairwise::Points(points, norms, n, d), pairwise::Metric{form}, shared, static_cast<int>(from), \
                        static_cast<int>(count), symmetric != 0, out);                                                 \
  }                                                                                                                    \
  SCALEINV_KERNEL(distances_##name);                                                                                   \
                                                                                                                       \
  extern "C" __global__ void __launch_bounds__(64, 4) near_pairs_##name(                                               \
      const float* points, const float* norms, int64_t n, int64_t d, int64_t from, int64_t count, int32_t form,        \
      int64_t segment, float threshold, const int64_t* starts, int32_t* counts, int32_t* partners, float* lengths) {   \
    __shared__ pairwise::Shared shared;                                                                                \
    pairwise::near_pairs(pairwise::Points(points, norms, n, d), pairwise::Metric{form}, shared,                        \
                         static_cast<int>(from), static_cast<int>(count), static_cast<int>(segment), threshold,        \
                         starts, counts, partners, lengths);                                                           \
  }                                                                                                                    \
  SCALEINV_KERNEL(near_pairs_##name);

PAIRWISE(dot, Dot)
PAIRWISE(manhattan, Manhattan)
PAIRWISE(chebyshev, Chebyshev)
