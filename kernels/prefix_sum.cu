// Where things begin that were counted: offsets[i] = counts[0] + … + counts[i − 1] for i = 0 … count, in 64 bits.
//
//   segment_sums(counts, count, sums): sums[s] of the counts 2048·s … 2048·s + 2047.
//   segment_starts(sums, segments): sums (segments + 1) become what lies before each segment, and before the end.
//   prefix_sums(counts, count, sums, offsets): offsets (count + 1), by the starts of the segments.
//
// Geometry: a block of 256 threads a segment, of which a warp takes 256 counts that follow each other, 32 at a time;
// segment_starts one block. A segment of segments needs no further level: one block sums those of 2^31 counts in 4,096
// turns.
// Floor: counts read twice and offsets written once, 16·count bytes. Exact.
//   cost segment_sums: count=2^22; bytes=4*count; block=256
//   cost segment_starts: count=2^22; bytes=16*count/2048; block=256
//   cost prefix_sums: count=2^22; bytes=12*count; block=256
#include "kernel.cuh"

namespace prefix {

constexpr unsigned all_lanes = 0xffffffffu;
constexpr int warps = 8;
constexpr int rounds = 8;
constexpr int segment = warps * rounds * 32;

// What the lanes up to this one have together.
__device__ __forceinline__ int64_t sum_up_to_lane(int64_t value) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int apart = 1; apart < 32; apart *= 2) {
    const int64_t other = __shfl_up_sync(all_lanes, value, apart);
    value += lane >= apart ? other : 0;
  }
  return value;
}

__device__ __forceinline__ int64_t warp_sum(int64_t value) {
#pragma unroll
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    value += __shfl_xor_sync(all_lanes, value, lanes);
  }
  return value;
}

// What the warps before this one have together, and in `total` what all have; the same in every lane of a warp.
__device__ __forceinline__ int64_t sum_of_earlier_warps(int64_t own, int64_t (&of_warp)[warps], int64_t& total) {
  __syncthreads();
  if (threadIdx.x % 32 == 0) {
    of_warp[threadIdx.x / 32] = own;
  }
  __syncthreads();
  int64_t before = 0;
  total = 0;
#pragma unroll
  for (int warp = 0; warp < warps; warp++) {
    before += warp < static_cast<int>(threadIdx.x / 32) ? of_warp[warp] : 0;
    total += of_warp[warp];
  }
  return before;
}

// The counts of this thread, and what its warp has of them together.
struct Counts {
  uint32_t at[rounds];
  int64_t first;
  int64_t sum = 0;

  __device__ __forceinline__ Counts(const uint32_t* counts, int64_t count)
      : first(static_cast<int64_t>(blockIdx.x) * segment + threadIdx.x / 32 * (rounds * 32) + threadIdx.x % 32) {
#pragma unroll
    for (int round = 0; round < rounds; round++) {
      const int64_t place = first + round * 32;
      at[round] = place < count ? counts[place] : 0;
      sum += at[round];
    }
    sum = warp_sum(sum);
  }
};

}  // namespace prefix

extern "C" __global__ void __launch_bounds__(256)
    segment_sums(const uint32_t* counts, int64_t count, int64_t* sums) {
  __shared__ int64_t of_warp[prefix::warps];
  const prefix::Counts own(counts, count);
  int64_t total = 0;
  prefix::sum_of_earlier_warps(own.sum, of_warp, total);
  if (threadIdx.x == 0) {
    sums[blockIdx.x] = total;
  }
}
SCALEINV_KERNEL(segment_sums);

extern "C" __global__ void __launch_bounds__(256) segment_starts(int64_t* sums, int64_t segments) {
  __shared__ int64_t of_warp[prefix::warps];
  int64_t before = 0;
  for (int64_t from = 0; from < segments; from += blockDim.x) {
    const int64_t place = from + threadIdx.x;
    const int64_t own = place < segments ? sums[place] : 0;
    const int64_t up_to_here = prefix::sum_up_to_lane(own);
    int64_t total = 0;
    const int64_t of_warps = prefix::sum_of_earlier_warps(__shfl_sync(prefix::all_lanes, up_to_here, 31), of_warp, total);
    if (place < segments) {
      sums[place] = before + of_warps + up_to_here - own;
    }
    before += total;
  }
  if (threadIdx.x == 0) {
    sums[segments] = before;
  }
}
SCALEINV_KERNEL(segment_starts);

extern "C" __global__ void __launch_bounds__(256)
    prefix_sums(const uint32_t* counts, int64_t count, const int64_t* sums, int64_t* offsets) {
  __shared__ int64_t of_warp[prefix::warps];
  const prefix::Counts own(counts, count);
  int64_t total = 0;
  int64_t before = sums[blockIdx.x] + prefix::sum_of_earlier_warps(own.sum, of_warp, total);
#pragma unroll
  for (int round = 0; round < prefix::rounds; round++) {
    const int64_t place = own.first + round * 32;
    if (place - threadIdx.x % 32 >= count) {
      break;
    }
    const int64_t up_to_here = prefix::sum_up_to_lane(own.at[round]);
    if (place < count) {
      offsets[place] = before + up_to_here - own.at[round];
    }
    before += __shfl_sync(prefix::all_lanes, up_to_here, 31);
  }
  if (blockIdx.x == gridDim.x - 1 && threadIdx.x == blockDim.x - 1) {
    offsets[count] = before;
  }
}
SCALEINV_KERNEL(prefix_sums);
