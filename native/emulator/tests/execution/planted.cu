// Kernels with planted bugs and their mended twins. A line marked "fault: NAME" is where the fault of kernel NAME must be
// found. Launched with 64 threads a block unless the test says otherwise.
#include "kernel.cuh"

extern "C" {

// out (64) is `in` reversed through shared memory
__global__ void missing_barrier(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  out[threadIdx.x] = tile[63 - threadIdx.x];  // fault: missing_barrier
}
SCALEINV_KERNEL(missing_barrier);

__global__ void missing_barrier_mended(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = tile[63 - threadIdx.x];
}
SCALEINV_KERNEL(missing_barrier_mended);

// out (64): sums over `rounds` tiles of 64, each thread over the whole tile from its own place on
__global__ void missing_second_barrier(const float* in, float* out, int32_t rounds) {
  __shared__ float tile[64];
  float sum = 0;
  for (int round = 0; round < rounds; round++) {
    tile[threadIdx.x] = in[round * 64 + threadIdx.x];  // fault: missing_second_barrier
    __syncthreads();
    for (unsigned i = 0; i < 64; i++) {
      sum += tile[(threadIdx.x + i) % 64];
    }
  }
  out[threadIdx.x] = sum;
}
SCALEINV_KERNEL(missing_second_barrier);

__global__ void missing_second_barrier_mended(const float* in, float* out, int32_t rounds) {
  __shared__ float tile[64];
  float sum = 0;
  for (int round = 0; round < rounds; round++) {
    tile[threadIdx.x] = in[round * 64 + threadIdx.x];
    __syncthreads();
    for (unsigned i = 0; i < 64; i++) {
      sum += tile[(threadIdx.x + i) % 64];
    }
    __syncthreads();
  }
  out[threadIdx.x] = sum;
}
SCALEINV_KERNEL(missing_second_barrier_mended);

// sums (blocks): running sums of `in`, which hold only if the blocks run in their order
__global__ void block_order(const float* in, float* sums) {
  if (threadIdx.x == 0) {
    sums[blockIdx.x] = in[blockIdx.x] + (blockIdx.x == 0 ? 0 : sums[blockIdx.x - 1]);  // fault: block_order
  }
}
SCALEINV_KERNEL(block_order);

__global__ void block_order_mended(const float* in, float* sums) {
  if (threadIdx.x == 0) {
    float sum = 0;
    for (unsigned i = 0; i <= blockIdx.x; i++) {
      sum += in[i];
    }
    sums[blockIdx.x] = sum;
  }
}
SCALEINV_KERNEL(block_order_mended);

// total (1): how many threads there are
__global__ void lost_update(int32_t* total) {
  if (threadIdx.x == 0) {
    *total += static_cast<int32_t>(blockDim.x);  // fault: lost_update
  }
}
SCALEINV_KERNEL(lost_update);

__global__ void lost_update_mended(int32_t* total) {
  if (threadIdx.x == 0) {
    atomicAdd(total, static_cast<int32_t>(blockDim.x));
  }
}
SCALEINV_KERNEL(lost_update_mended);

// total (1), last (1): the block that comes last copies the total, but reads it plainly
__global__ void atomic_read_plainly(int32_t* total, int32_t* copy) {
  if (threadIdx.x == 0) {
    atomicAdd(total, 1);
    copy[blockIdx.x] = *total;  // fault: atomic_read_plainly
  }
}
SCALEINV_KERNEL(atomic_read_plainly);

__global__ void atomic_read_plainly_mended(int32_t* total, int32_t* copy) {
  if (threadIdx.x == 0) {
    copy[blockIdx.x] = atomicAdd(total, 1) + 1;
  }
}
SCALEINV_KERNEL(atomic_read_plainly_mended);

// partial (blocks), done (1), total (1): the last block adds what the others wrote
__global__ void last_block_without_fence(const int32_t* in, int32_t* partial, uint32_t* done, int32_t* total) {
  if (threadIdx.x == 0) {
    partial[blockIdx.x] = in[blockIdx.x];
    if (atomicAdd(done, 1u) == gridDim.x - 1) {
      for (unsigned i = 0; i < gridDim.x; i++) {
        *total += partial[i];  // fault: last_block_without_fence
      }
    }
  }
}
SCALEINV_KERNEL(last_block_without_fence);

__global__ void last_block_without_fence_mended(const int32_t* in, int32_t* partial, uint32_t* done, int32_t* total) {
  if (threadIdx.x == 0) {
    partial[blockIdx.x] = in[blockIdx.x];
    __threadfence();
    if (atomicAdd(done, 1u) == gridDim.x - 1) {
      for (unsigned i = 0; i < gridDim.x; i++) {
        *total += partial[i];
      }
    }
  }
}
SCALEINV_KERNEL(last_block_without_fence_mended);

__global__ void global_read_past_end(const float* in, float* out, int64_t count) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i <= count) {
    out[i] = 2 * in[i];  // fault: global_read_past_end
  }
}
SCALEINV_KERNEL(global_read_past_end);

__global__ void global_read_past_end_mended(const float* in, float* out, int64_t count) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i < count) {
    out[i] = 2 * in[i];
  }
}
SCALEINV_KERNEL(global_read_past_end_mended);

__global__ void global_write_past_end(const float* in, float* out, int64_t count) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  out[i] = i < count ? 2 * in[i] : 0;  // fault: global_write_past_end
}
SCALEINV_KERNEL(global_write_past_end);

__global__ void static_shared_past_end(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = tile[threadIdx.x + 1];  // fault: static_shared_past_end
}
SCALEINV_KERNEL(static_shared_past_end);

__global__ void static_shared_past_end_mended(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = tile[(threadIdx.x + 1) % 64];
}
SCALEINV_KERNEL(static_shared_past_end_mended);

// takes 4 bytes of dynamic shared memory a thread
__global__ void dynamic_shared_past_end(const float* in, float* out) {
  float* const tile = dynamic_shared<float>();
  tile[threadIdx.x + 1] = in[threadIdx.x];  // fault: dynamic_shared_past_end
  __syncthreads();
  out[threadIdx.x] = tile[threadIdx.x + 1];
}
SCALEINV_KERNEL(dynamic_shared_past_end);

__global__ void dynamic_shared_past_end_mended(const float* in, float* out) {
  float* const tile = dynamic_shared<float>();
  tile[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = tile[threadIdx.x];
}
SCALEINV_KERNEL(dynamic_shared_past_end_mended);

__global__ void shared_never_written(const float* in, float* out) {
  __shared__ float tile[64];
  if (threadIdx.x < 32) {
    tile[threadIdx.x] = in[threadIdx.x];
  }
  __syncthreads();
  out[threadIdx.x] = tile[threadIdx.x];  // fault: shared_never_written
}
SCALEINV_KERNEL(shared_never_written);

__global__ void divergent_barrier(float* out) {
  if (threadIdx.x < 32) {
    out[threadIdx.x] = 1;
    __syncthreads();
  } else {
    out[threadIdx.x] = 2;
    __syncthreads();  // fault: divergent_barrier
  }
}
SCALEINV_KERNEL(divergent_barrier);

__global__ void divergent_barrier_mended(float* out) {
  out[threadIdx.x] = threadIdx.x < 32 ? 1 : 2;
  __syncthreads();
}
SCALEINV_KERNEL(divergent_barrier_mended);

__global__ void barrier_after_exit(float* out, int64_t count) {
  if (threadIdx.x >= count) {
    return;
  }
  out[threadIdx.x] = 1;
  __syncthreads();  // fault: barrier_after_exit
}
SCALEINV_KERNEL(barrier_after_exit);

__global__ void barrier_after_exit_mended(float* out, int64_t count) {
  if (threadIdx.x < count) {
    out[threadIdx.x] = 1;
  }
  __syncthreads();
}
SCALEINV_KERNEL(barrier_after_exit_mended);

// half the warp waits for the other half, which waits for the block
__global__ void warp_hang(int32_t* out) {
  if (threadIdx.x % 32 < 16) {
    out[threadIdx.x] = __shfl_sync(0xffffffffu, 1, 0);  // fault: warp_hang
  }
  __syncthreads();
}
SCALEINV_KERNEL(warp_hang);

__global__ void masks_disagree(int32_t* out) {
  const unsigned mask = threadIdx.x % 32 < 16 ? 0xffffffffu : 0xfffffffeu;
  out[threadIdx.x] = __shfl_sync(mask, 1, 0);  // fault: masks_disagree
}
SCALEINV_KERNEL(masks_disagree);

__global__ void outside_own_mask(int32_t* out) {
  out[threadIdx.x] = __any_sync(0x7fffffffu, 1);  // fault: outside_own_mask
}
SCALEINV_KERNEL(outside_own_mask);

__global__ void functions_differ(int32_t* out) {
  if (threadIdx.x % 2 == 0) {
    out[threadIdx.x] = __shfl_sync(0xffffffffu, 1, 0);  // fault: functions_differ
  } else {
    __syncwarp();
  }
}
SCALEINV_KERNEL(functions_differ);

// out (64): neighbours in a pair change places through shared memory
__global__ void missing_syncwarp(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  out[threadIdx.x] = tile[threadIdx.x ^ 1];  // fault: missing_syncwarp
}
SCALEINV_KERNEL(missing_syncwarp);

__global__ void missing_syncwarp_mended(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  __syncwarp();
  out[threadIdx.x] = tile[threadIdx.x ^ 1];
}
SCALEINV_KERNEL(missing_syncwarp_mended);

// a vote is no memory order
__global__ void vote_for_syncwarp(const float* in, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  if (__any_sync(0xffffffffu, 1)) {
    out[threadIdx.x] = tile[threadIdx.x ^ 1];  // fault: vote_for_syncwarp
  }
}
SCALEINV_KERNEL(vote_for_syncwarp);

__global__ void misaligned_load(const float* in, float* out, int64_t offset) {
  const float4 four = *reinterpret_cast<const float4*>(in + offset);  // fault: misaligned_load
  out[threadIdx.x] = four.x + four.y + four.z + four.w;
}
SCALEINV_KERNEL(misaligned_load);

__global__ void reads_all(const float* in, float* out) { out[threadIdx.x] = in[threadIdx.x]; }
SCALEINV_KERNEL(reads_all);

// table (1) of pointers: what it points to is not seen at the launch
__global__ void use_after_free(const float* const* table, float* out) {
  out[threadIdx.x] = table[0][threadIdx.x];  // fault: use_after_free
}
SCALEINV_KERNEL(use_after_free);

__global__ void trapped(const float* in) {
  if (in[threadIdx.x] < 0) {
    __trap();  // fault: trapped
  }
}
SCALEINV_KERNEL(trapped);

}  // extern "C"
