// The edges of a Vietoris–Rips filtration in their order (native/include/scaleinv_homology.h) of distances (n, n), single
// precision. Zhang, Xiao, Wang, GPU-accelerated computation of Vietoris–Rips persistence barcodes, SoCG 2020; here edges
// are counted and listed, so that memory grows with those within the threshold, and none is searched for.
//
//   inspect_distances(distances, n, longest, faults): longest (n), from zeros, the bits of the largest distance from each
//     point; faults becomes 1 where distances are not symmetric to the bit, not 0 on the diagonal, negative or NaN. The
//     smallest of `longest` is the enclosing radius.
//   count_edges(distances, n, threshold, counts): how many i < j are joined to j, at finite lengths up to the threshold.
//   list_edges(distances, n, threshold, offsets, lengths, ends): their lengths as bits, ordered as the lengths are, and
//     i + 65536·j, in the order of j(j − 1)/2 + i: a stable sort of the lengths is the order of the filtration.
//   rank_edges(ends, count, stride, ranks): the place of each edge at ranks[i, j] and ranks[j, i] of (n, stride).
// n is at most 65,536.
//
// Geometry: 256 threads a block; inspect_distances one a pair of tiles of 32 × 32 that mirror each other; count_edges and
// list_edges a warp a row, the longest rows first, 128 distances on their way at a time; rank_edges a thread an edge.
// Floor: the distances are read once by inspect_distances, their lower triangle by the next two; edges are written once,
// 8 bytes each, and read once to be ranked, 4 bytes, to two places of 4 bytes. Exact.
//   cost inspect_distances: n=5000; bytes=4*n*n+4*n; block=256
//   cost count_edges: n=5000; bytes=2*n*(n-1)+4*n; block=256
//   cost list_edges: n=5000 edges=6000000; bytes=2*n*(n-1)+8*n+8*edges; block=256
//   cost rank_edges: edges=6000000; bytes=12*edges; block=256
#include "triangle.cuh"

namespace rips {

constexpr unsigned all_lanes = 0xffffffffu;
constexpr int side = 32;
constexpr int lines = 8;  // of a tile at a time
constexpr int loads = 4;

// Of lengths ≥ 0, −0 the same as 0.
__device__ __forceinline__ uint32_t ordered_bits(float length) { return __float_as_uint(length + 0.0f); }

__device__ __forceinline__ bool is_joined(float length, float threshold) {
  return length <= threshold && length < INFINITY;
}

__device__ __forceinline__ uint32_t warp_max(uint32_t value) {
#pragma unroll
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    value = max(value, __shfl_xor_sync(all_lanes, value, lanes));
  }
  return value;
}

// The row of this warp, from the last one, which has the most to the left of the diagonal; negative beyond the first.
__device__ __forceinline__ int64_t row_of_warp(int64_t n) {
  return n - 1 - (static_cast<int64_t>(blockIdx.x) * (blockDim.x / 32) + threadIdx.x / 32);
}

// Calls take(i, length, joined, lanes that are) for the points i < j, a warp at a time.
template <class Take>
__device__ __forceinline__ void each_before(const float* distances, int64_t n, int64_t j, float threshold, Take take) {
  const float* row = distances + j * n;
  for (int64_t from = threadIdx.x % 32; from - threadIdx.x % 32 < j; from += loads * 32) {
    float length[loads];
#pragma unroll
    for (int load = 0; load < loads; load++) {
      const int64_t i = from + load * 32;
      length[load] = i < j ? row[i] : INFINITY;
    }
#pragma unroll
    for (int load = 0; load < loads; load++) {
      const bool joined = is_joined(length[load], threshold);
      take(from + load * 32, length[load], joined, __ballot_sync(all_lanes, joined));
    }
  }
}

}  // namespace rips

extern "C" __global__ void __launch_bounds__(256)
    inspect_distances(const float* distances, int64_t n, uint32_t* longest, int32_t* faults) {
  using namespace rips;
  __shared__ float mirrored[side][side + 1];
  __shared__ uint32_t longest_down[lines][side];
  const int64_t tile_row = triangle_row(blockIdx.x);
  const int64_t tile_column = blockIdx.x - tile_row * (tile_row + 1) / 2;
  const int lane = threadIdx.x % side;
  const int line = threadIdx.x / side;
  const int64_t mirrored_column = tile_row * side + lane;
#pragma unroll
  for (int turn = 0; turn < side / lines; turn++) {
    const int y = turn * lines + line;
    const int64_t i = tile_column * side + y;
    mirrored[y][lane] = i < n && mirrored_column < n ? distances[i * n + mirrored_column] : 0.0f;
  }
  __syncthreads();
  const int64_t j = tile_column * side + lane;
  bool faulty = false;
  uint32_t down = 0;
#pragma unroll
  for (int turn = 0; turn < side / lines; turn++) {
    const int y = turn * lines + line;
    const int64_t i = tile_row * side + y;
    const bool there = i < n && j < n;
    const float length = there ? distances[i * n + j] : 0.0f;
    const bool symmetric = __float_as_uint(length) == __float_as_uint(mirrored[lane][y]);
    faulty |= there && !(symmetric && length >= 0.0f && (i != j || length == 0.0f));
    const uint32_t bits = ordered_bits(length);
    down = max(down, bits);
    const uint32_t across = warp_max(bits);
    if (lane == 0 && i < n) {
      atomicMax(longest + i, across);
    }
  }
  longest_down[line][lane] = down;
  if (__syncthreads_or(faulty) && threadIdx.x == 0) {
    atomicOr(faults, 1);
  }
  if (line == 0 && j < n) {
#pragma unroll
    for (int other = 1; other < lines; other++) {
      down = max(down, longest_down[other][lane]);
    }
    atomicMax(longest + j, down);
  }
}
SCALEINV_KERNEL(inspect_distances);

extern "C" __global__ void __launch_bounds__(256)
    count_edges(const float* distances, int64_t n, float threshold, uint32_t* counts) {
  const int64_t j = rips::row_of_warp(n);
  if (j < 0) {
    return;
  }
  uint32_t count = 0;
  rips::each_before(distances, n, j, threshold,
                    [&](int64_t, float, bool, unsigned joined) { count += __popc(joined); });
  if (threadIdx.x % 32 == 0) {
    counts[j] = count;
  }
}
SCALEINV_KERNEL(count_edges);

extern "C" __global__ void __launch_bounds__(256)
    list_edges(const float* distances, int64_t n, float threshold, const int64_t* offsets, uint32_t* lengths,
               uint32_t* ends) {
  const int64_t j = rips::row_of_warp(n);
  if (j < 0) {
    return;
  }
  int64_t next = offsets[j];
  const unsigned earlier = (1u << threadIdx.x % 32) - 1;
  rips::each_before(distances, n, j, threshold, [&](int64_t i, float length, bool joined, unsigned all) {
    if (joined) {
      const int64_t place = next + __popc(all & earlier);
      lengths[place] = rips::ordered_bits(length);
      ends[place] = static_cast<uint32_t>(i) | static_cast<uint32_t>(j) << 16;
    }
    next += __popc(all);
  });
}
SCALEINV_KERNEL(list_edges);

extern "C" __global__ void __launch_bounds__(256)
    rank_edges(const uint32_t* ends, int64_t count, int64_t stride, uint32_t* ranks) {
  const int64_t edge = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (edge >= count) {
    return;
  }
  const int64_t i = ends[edge] & 0xffffu;
  const int64_t j = ends[edge] >> 16;
  ranks[i * stride + j] = static_cast<uint32_t>(edge);
  ranks[j * stride + i] = static_cast<uint32_t>(edge);
}
SCALEINV_KERNEL(rank_edges);
