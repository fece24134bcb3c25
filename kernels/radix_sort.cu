// One pass of a stable sort of (key, value), both 32 bits, by 8 bits of the key; four passes from the lowest bits up sort
// by all of it. Merrill and Grimshaw, Parallel Processing Letters 21 (2011): count the digits of each tile, sum the
// counts, scatter.
//
//   digit_counts(keys, count, shift, counts): counts (256, tiles): how many keys of a tile of 2,048 have the digit
//     key >> shift & 255.
//   digit_scatter(keys, values, count, shift, offsets, sorted_keys, sorted_values): offsets (256, tiles) are the counts
//     before each; a tile is sorted in shared memory, so that threads side by side write side by side.
// count stays below 2^32.
//
// Geometry: a block of 256 threads a tile; a warp takes 256 keys that follow each other, 32 at a time. Lanes with the same
// digit find each other by eight ballots, not by atomic operations, as lengths that lie close together share their upper
// digits.
// Floor: a pass reads keys twice and values once and writes both, 20·count bytes. Exact.
//   cost digit_counts: count=2^24; bytes=4*count+4*256*ceil(count/2048); block=256
//   cost digit_scatter: count=2^24; bytes=16*count+8*256*ceil(count/2048); block=256
#include "kernel.cuh"

namespace radix {

constexpr unsigned all_lanes = 0xffffffffu;
constexpr int threads = 256;
constexpr int warps = threads / 32;
constexpr int rounds = 8;
constexpr int tile = threads * rounds;
constexpr int digits = 256;

struct Tile {
  uint32_t of_warp[warps][digits];
  uint32_t starts[digits];  // where the digit begins in the sorted tile
  uint32_t targets[digits];
  uint32_t of_32_digits[warps];
  uint32_t keys[tile];
  uint32_t values[tile];
};

__device__ __forceinline__ int64_t first_of_thread() {
  return static_cast<int64_t>(blockIdx.x) * tile + threadIdx.x / 32 * (rounds * 32) + threadIdx.x % 32;
}

// The lanes whose key has the digit of this one's.
__device__ __forceinline__ unsigned lanes_alike(uint32_t digit) {
  unsigned alike = all_lanes;
#pragma unroll
  for (int bit = 0; bit < 8; bit++) {
    const bool set = (digit >> bit & 1) != 0;
    const unsigned having = __ballot_sync(all_lanes, set);
    alike &= set ? having : ~having;
  }
  return alike;
}

// In how many of its rounds this warp has a key.
__device__ __forceinline__ int rounds_with_keys(int64_t count) {
  const int64_t left = count - (first_of_thread() - threadIdx.x % 32);
  return static_cast<int>(min(max((left + 31) / 32, static_cast<int64_t>(0)), static_cast<int64_t>(rounds)));
}

// Counts the digits of this warp's keys, to `counts`; a key's place is how many of its digit came before it. What fills
// the last round up is all ones and comes after all keys.
__device__ __forceinline__ void count_digits(const uint32_t* keys, int64_t count, int shift, uint32_t (&counts)[digits],
                                             uint32_t (&key)[rounds], uint32_t (&place)[rounds]) {
  const unsigned lane = threadIdx.x % 32;
  const int64_t first = first_of_thread();
  const int with_keys = rounds_with_keys(count);
#pragma unroll
  for (int round = 0; round < rounds; round++) {
    const int64_t at = first + round * 32;
    key[round] = at < count ? keys[at] : 0xffffffffu;
    place[round] = 0;
  }
  for (int digit = lane; digit < digits; digit += 32) {
    counts[digit] = 0;
  }
  __syncwarp();
#pragma unroll
  for (int round = 0; round < rounds; round++) {
    if (round >= with_keys) {
      break;
    }
    const uint32_t digit = key[round] >> shift & (digits - 1);
    const unsigned alike = lanes_alike(digit);
    const unsigned earlier = alike & ((1u << lane) - 1);
    const uint32_t before = counts[digit];
    place[round] = before + __popc(earlier);
    __syncwarp();
    if (earlier == 0) {
      counts[digit] = before + __popc(alike);
    }
    __syncwarp();
  }
}

// What the threads before this one have together; 256 threads.
__device__ __forceinline__ uint32_t sum_of_earlier(uint32_t own, uint32_t (&of_warp)[warps]) {
  const int lane = threadIdx.x % 32;
  uint32_t sum = own;
#pragma unroll
  for (int apart = 1; apart < 32; apart *= 2) {
    const uint32_t other = __shfl_up_sync(all_lanes, sum, apart);
    sum += lane >= apart ? other : 0;
  }
  if (lane == 31) {
    of_warp[threadIdx.x / 32] = sum;
  }
  __syncthreads();
  sum -= own;
#pragma unroll
  for (int warp = 0; warp < warps; warp++) {
    sum += warp < static_cast<int>(threadIdx.x / 32) ? of_warp[warp] : 0;
  }
  return sum;
}

}  // namespace radix

extern "C" __global__ void __launch_bounds__(256)
    digit_counts(const uint32_t* keys, int64_t count, int32_t shift, uint32_t* counts) {
  using namespace radix;
  __shared__ uint32_t of_warp[warps][digits];
  uint32_t key[rounds];
  uint32_t place[rounds];
  count_digits(keys, count, shift, of_warp[threadIdx.x / 32], key, place);
  __syncthreads();
  uint32_t sum = 0;
#pragma unroll
  for (int warp = 0; warp < warps; warp++) {
    sum += of_warp[warp][threadIdx.x];
  }
  // what fills the last round up
  const bool last = static_cast<int64_t>(blockIdx.x + 1) * tile > count;
  sum -= last && threadIdx.x == digits - 1 ? static_cast<uint32_t>(-count & 31) : 0;
  counts[static_cast<int64_t>(threadIdx.x) * gridDim.x + blockIdx.x] = sum;
}
SCALEINV_KERNEL(digit_counts);

extern "C" __global__ void __launch_bounds__(256)
    digit_scatter(const uint32_t* keys, const uint32_t* values, int64_t count, int32_t shift, const int64_t* offsets,
                  uint32_t* sorted_keys, uint32_t* sorted_values) {
  using namespace radix;
  __shared__ Tile shared;
  const int warp = threadIdx.x / 32;
  uint32_t key[rounds];
  uint32_t place[rounds];
  count_digits(keys, count, shift, shared.of_warp[warp], key, place);
  const int64_t first = first_of_thread();
  uint32_t value[rounds];
#pragma unroll
  for (int round = 0; round < rounds; round++) {
    const int64_t at = first + round * 32;
    value[round] = at < count ? values[at] : 0;
  }
  __syncthreads();
  uint32_t of_digit = 0;
#pragma unroll
  for (int earlier = 0; earlier < warps; earlier++) {
    const uint32_t own = shared.of_warp[earlier][threadIdx.x];
    shared.of_warp[earlier][threadIdx.x] = of_digit;
    of_digit += own;
  }
  const uint32_t start = sum_of_earlier(of_digit, shared.of_32_digits);
  shared.starts[threadIdx.x] = start;
  shared.targets[threadIdx.x] =
      static_cast<uint32_t>(offsets[static_cast<int64_t>(threadIdx.x) * gridDim.x + blockIdx.x]) - start;
  __syncthreads();
#pragma unroll
  for (int round = 0; round < rounds; round++) {
    if (first + round * 32 < count) {
      const uint32_t digit = key[round] >> shift & (digits - 1);
      const uint32_t local = shared.starts[digit] + shared.of_warp[warp][digit] + place[round];
      shared.keys[local] = key[round];
      shared.values[local] = value[round];
    }
  }
  __syncthreads();
  const int64_t there = min(static_cast<int64_t>(tile), count - static_cast<int64_t>(blockIdx.x) * tile);
#pragma unroll
  for (int round = 0; round < rounds; round++) {
    const int local = round * threads + threadIdx.x;
    if (local < there) {
      const uint32_t target = shared.targets[shared.keys[local] >> shift & (digits - 1)] + local;
      sorted_keys[target] = shared.keys[local];
      sorted_values[target] = shared.values[local];
    }
  }
}
SCALEINV_KERNEL(digit_scatter);
