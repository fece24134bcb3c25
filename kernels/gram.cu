// sums (order, order) += panelᵀ·panel of a panel (length, order), or panel·panelᵀ of a panel (order, length) when
// across_columns is not 0; the tiles on and below the diagonal alone. For machines without cuBLAS.
//
// Geometry: one block of 256 threads a tile of 64 × 64, order/64·(order/64 + 1)/2 blocks in all (rounded up); a thread
// holds 4 × 4 sums. Shared memory: two slices of 16 × 64 of either side, the next loaded while the last is multiplied.
// Floor: length·order² FLOP; the panel is read once a tile row (order/64 times), the lower triangle once each way.
// Tolerance: sums run over `length` in order, so an entry is off by at most length·2^−53·‖a‖·‖b‖; same bits every time.
//   cost gram_accumulate: length=4096 order=1024; bytes=8*(length*order+order*(order+1)); f64=order*(order+1)*length;
//     block=256
#include "triangle.cuh"

namespace gram {

constexpr int tile = 64;
constexpr int depth = 16;
constexpr int side = 4;
constexpr int lead = tile + 2;  // shifts each step along the length by 4 banks; keeps pairs on 16 bytes

struct Slices {
  double row[2][depth][lead];
  double column[2][depth][lead];
};

struct Panel {
  const double* data;
  int64_t order;
  int64_t length;
  bool across_columns;

  __device__ double at(int64_t step, int64_t index) const {
    if (step >= length || index >= order) {
      return 0.0;
    }
    return across_columns ? data[index * length + step] : data[step * order + index];
  }
};

// Neighbouring threads read neighbouring addresses: along the index, or along the length.
__device__ __forceinline__ void fetch(const Panel& panel, int64_t step, int64_t from, double (&kept)[4]) {
  const int thread = threadIdx.x;
#pragma unroll
  for (int i = 0; i < 4; i++) {
    kept[i] = panel.across_columns ? panel.at(step + thread % depth, from + thread / depth + 16 * i)
                                   : panel.at(step + thread / tile + 4 * i, from + thread % tile);
  }
}

__device__ __forceinline__ void put(bool across_columns, const double (&kept)[4], double (&slice)[depth][lead]) {
  const int thread = threadIdx.x;
#pragma unroll
  for (int i = 0; i < 4; i++) {
    if (across_columns) {
      slice[thread % depth][thread / depth + 16 * i] = kept[i];
    } else {
      slice[thread / tile + 4 * i][thread % tile] = kept[i];
    }
  }
}

__device__ __forceinline__ void multiply(const Slices& slices, int stage, int y, int x, double (&sum)[side][side]) {
#pragma unroll 4
  for (int k = 0; k < depth; k++) {
    double left[side];
    double right[side];
#pragma unroll
    for (int i = 0; i < side; i++) {
      left[i] = slices.row[stage][k][side * y + i];
      right[i] = slices.column[stage][k][x + 16 * i];
    }
#pragma unroll
    for (int i = 0; i < side; i++) {
#pragma unroll
      for (int j = 0; j < side; j++) {
        sum[i][j] = fma(left[i], right[j], sum[i][j]);
      }
    }
  }
}

}  // namespace gram

extern "C" __global__ void __launch_bounds__(256)
    gram_accumulate(double* sums, int64_t order, const double* panel, int64_t length, int32_t across_columns) {
  using namespace gram;
  __shared__ Slices slices;
  const Panel view{panel, order, length, across_columns != 0};
  const int64_t tile_index = blockIdx.x;
  const int64_t tile_y = triangle_row(tile_index);
  const int64_t row = tile_y * tile;
  const int64_t column = (tile_index - tile_y * (tile_y + 1) / 2) * tile;
  const int y = threadIdx.x / 16;
  const int x = threadIdx.x % 16;
  double sum[side][side] = {};
  double rows[4];
  double columns[4];
  fetch(view, 0, row, rows);
  fetch(view, 0, column, columns);
  int stage = 0;
  for (int64_t step = 0; step < length; step += depth) {
    put(view.across_columns, rows, slices.row[stage]);
    put(view.across_columns, columns, slices.column[stage]);
    __syncthreads();
    fetch(view, step + depth, row, rows);
    fetch(view, step + depth, column, columns);
    multiply(slices, stage, y, x, sum);
    stage ^= 1;
  }
#pragma unroll
  for (int i = 0; i < side; i++) {
#pragma unroll
    for (int j = 0; j < side; j++) {
      const int64_t r = row + side * y + i;
      const int64_t c = column + x + 16 * j;
      if (r < order && c <= r) {
        sums[r * order + c] += sum[i][j];
      }
    }
  }
}
SCALEINV_KERNEL(gram_accumulate);
