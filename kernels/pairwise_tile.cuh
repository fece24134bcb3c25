// Tiles of 64 × 64 pairs of rows of points (n, d), single precision: sums over the coordinates of each pair, and their
// way to memory. A block of 64 threads, each of them 8 × 8 pairs.
#pragma once

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
  const int32_t* chosen;  // the n rows of data that count; null for the first ones
  const float* norms;
  int n;
  int d;
  bool vectors;

  __device__ __forceinline__ Points(const float* data, const int32_t* chosen, const float* norms, int64_t n, int64_t d)
      : data(data),
        chosen(chosen),
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
    if (row >= n) {
      return nullptr;
    }
    return data + static_cast<int64_t>(chosen == nullptr ? row : chosen[row]) * d;
  }
  __device__ __forceinline__ float norm(int row) const { return row < n ? norms[row] : 0.0f; }
};

// Where this block's tile begins: of all tiles row by row, or of those on and above the diagonal.
struct Corner {
  int row;
  int column;

  __device__ __forceinline__ Corner(int n, bool symmetric) {
    const int64_t index = blockIdx.x;
    const int64_t tiles = (n + tile - 1) / tile;
    const int64_t across = symmetric ? triangle_row(index) : index % tiles;
    column = static_cast<int>(across) * tile;
    row = static_cast<int>(symmetric ? index - across * (across + 1) / 2 : index / tiles) * tile;
  }
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

__device__ __forceinline__ double warp_sum(double value) {
#pragma unroll
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, lanes);
  }
  return value;
}

__device__ __forceinline__ int64_t row_of_warp() {
  return (static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x) / 32;
}

}  // namespace pairwise
