// Kernels that use what the host header offers, each against plain loops in semantics_test.cpp.
#include "kernel.cuh"

namespace {

// The sum over the warp, in lane 0.
template <typename T>
__device__ T warp_sum(T value) {
  for (int offset = 16; offset > 0; offset /= 2) {
    value += __shfl_down_sync(0xffffffffu, value, offset);
  }
  return value;
}

// One tile's share of the product of (n, n) matrices; a template with shared memory of its own.
template <typename T, int side>
__device__ void multiply_tile(const T* a, const T* b, T* product, int32_t n) {
  __shared__ T rows[side][side];
  __shared__ T columns[side][side + 1];
  const int x = threadIdx.x;
  const int y = threadIdx.y;
  const int row = blockIdx.y * side + y;
  const int column = blockIdx.x * side + x;
  T sum = 0;
  for (int k = 0; k < n; k += side) {
    rows[y][x] = row < n && k + x < n ? a[row * n + k + x] : 0;
    columns[y][x] = column < n && k + y < n ? b[(k + y) * n + column] : 0;
    __syncthreads();
#pragma unroll
    for (int i = 0; i < side; i++) {
      sum += rows[y][i] * columns[i][x];
    }
    __syncthreads();
  }
  if (row < n && column < n) {
    product[row * n + column] = sum;
  }
}

}  // namespace

extern "C" {

__global__ void multiply_float(const float* a, const float* b, float* product, int32_t n) {
  multiply_tile<float, 16>(a, b, product, n);
}
SCALEINV_KERNEL(multiply_float);

__global__ void multiply_double(const double* a, const double* b, double* product, int32_t n) {
  multiply_tile<double, 8>(a, b, product, n);
}
SCALEINV_KERNEL(multiply_double);

// sum (1), extremes (2: least, greatest) of in (count), by shuffles in warps, shared memory in blocks, atomics between
__global__ void __launch_bounds__(256)
    reduce(const int32_t* in, int64_t count, unsigned long long* sum, int32_t* extremes) {
  __shared__ long long sums[8];
  long long own = 0;
  const int64_t stride = static_cast<int64_t>(gridDim.x) * blockDim.x;
  for (int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count; i += stride) {
    own += in[i];
    atomicMin(&extremes[0], in[i]);
    atomicMax(&extremes[1], in[i]);
  }
  own = warp_sum(own);
  if (threadIdx.x % warpSize == 0) {
    sums[threadIdx.x / warpSize] = own;
  }
  __syncthreads();
  if (threadIdx.x < 32) {
    own = warp_sum(threadIdx.x < blockDim.x / 32 ? sums[threadIdx.x] : 0);
    if (threadIdx.x == 0) {
      atomicAdd(sum, static_cast<unsigned long long>(own));
    }
  }
}
SCALEINV_KERNEL(reduce);

// Reverses `count` floats in dynamic shared memory.
__global__ void reverse(float* values, int64_t count) {
  float* const kept = dynamic_shared<float>();
  for (int64_t i = threadIdx.x; i < count; i += blockDim.x) {
    kept[i] = values[i];
  }
  __syncthreads();
  for (int64_t i = threadIdx.x; i < count; i += blockDim.x) {
    values[i] = kept[count - 1 - i];
  }
}
SCALEINV_KERNEL(reverse);

// A thread's ballot, votes and shuffles: out (threads, 8)
__global__ void warp_functions(const double* in, double* out) {
  const unsigned full = 0xffffffffu;
  const int lane = static_cast<int>(threadIdx.x) % warpSize;
  const double value = in[threadIdx.x];
  double* const row = out + threadIdx.x * 8;
  row[0] = __ballot_sync(full, value > 0);
  row[1] = __any_sync(full, value > 1000) + 2 * __all_sync(full, value > -1000);
  row[2] = __shfl_sync(full, value, 3, 8);
  row[3] = __shfl_up_sync(full, value, 1, 8);
  row[4] = __shfl_xor_sync(full, value, 5);
  row[5] = static_cast<double>(__shfl_sync(full, static_cast<int64_t>(threadIdx.x) << 40, (lane + 1) % 32));
  row[6] = __shfl_down_sync(full, static_cast<float>(value), 2u, 16);
  // each half of a warp by itself
  row[7] = lane < 16 ? __ballot_sync(0x0000ffffu, lane % 3 == 0) : __ballot_sync(0xffff0000u, lane % 5 == 0);
}
SCALEINV_KERNEL(warp_functions);

// out (threads, 3)
__global__ void block_votes(const int32_t* in, int32_t* out) {
  const int32_t value = in[threadIdx.x];
  out[threadIdx.x * 3] = __syncthreads_count(value > 0);
  out[threadIdx.x * 3 + 1] = __syncthreads_and(value > 0);
  out[threadIdx.x * 3 + 2] = __syncthreads_or(value > 0);
}
SCALEINV_KERNEL(block_votes);

// seen (grid × block): counts that thread's own number in a grid of three dimensions
__global__ void number_threads(int32_t* seen) {
  const unsigned block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  const unsigned thread = (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
  seen[block * blockDim.x * blockDim.y * blockDim.z + thread] += static_cast<int32_t>(1 + thread);
}
SCALEINV_KERNEL(number_threads);

__global__ void packed(int32_t a, double b, float c, double* out, int32_t d, int64_t e, const float* in) {
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
  out[4] = static_cast<double>(e);
  out[5] = in[0];
}
SCALEINV_KERNEL(packed);

// in, out (4·threads), both aligned to 16
__global__ void scale_fours(const float* in, float* out, float by) {
  float4 four = reinterpret_cast<const float4*>(in)[threadIdx.x];
  four = make_float4(by * four.x, by * four.y, by * four.z, by * four.w);
  reinterpret_cast<float4*>(out)[threadIdx.x] = four;
}
SCALEINV_KERNEL(scale_fours);

// What shared memory holds before anything is written: 1 for NaN.
__global__ void fresh_shared(int32_t* out) {
  __shared__ float tile[64];
  const volatile float* const kept = tile;
  out[blockIdx.x * 64 + threadIdx.x] = kept[threadIdx.x] != kept[threadIdx.x];
  __syncthreads();
  tile[threadIdx.x] = 1;
}
SCALEINV_KERNEL(fresh_shared);

// all atomics of one kind on one cell each: cells (8), halves (2)
__global__ void atomics(unsigned* cells, double* halves, float* single) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  atomicAdd(&cells[0], 1u);
  atomicSub(&cells[1], 1u);
  atomicMax(&cells[2], i);
  atomicMin(&cells[3], i);
  atomicOr(&cells[4], 1u << i % 32);
  atomicXor(&cells[5], 1u << i % 32);
  atomicInc(&cells[6], 9u);
  unsigned before = atomicOr(&cells[7], 0u);
  while (true) {
    const unsigned found = atomicCAS(&cells[7], before, before + 2);
    if (found == before) {
      break;
    }
    before = found;
  }
  atomicAdd(&halves[0], 0.5);
  atomicAdd(single, 0.25f);
}
SCALEINV_KERNEL(atomics);

// steps (threads): a running sum within the warp, through shared memory and __syncwarp
__global__ void scan_warps(const int32_t* in, int32_t* out) {
  __shared__ int32_t sums[64];
  const unsigned lane = threadIdx.x % 32;
  sums[threadIdx.x] = in[threadIdx.x];
  __syncwarp();
  for (unsigned step = 1; step < 32; step *= 2) {
    const int32_t left = lane >= step ? sums[threadIdx.x - step] : 0;
    __syncwarp();
    sums[threadIdx.x] += left;
    __syncwarp();
  }
  out[threadIdx.x] = sums[threadIdx.x];
}
SCALEINV_KERNEL(scan_warps);

}  // extern "C"
