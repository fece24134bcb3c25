// Triangles of tall matrices, several at a time, and what is made of them: no Gram matrix, so no squared condition number.
//
//   accumulate_triangles(jobs, order, chunk): jobs (count, 4) are a triangle (order, order), a panel, its length, and
//     whether it lies across: replaces the upper triangle R by that of the QR decomposition of [R; panel], the panel
//     (length, order), or (order, length) across. order up to 128; what lies below the diagonal stays.
//   triangle_products(jobs, order): jobs (count, 3) are two upper triangles and their product left·rightᵀ, all
//     (order, order).
//   frobenius_norms(jobs, elements, norms): jobs (count) are buffers of that many elements; norms (count).
// Addresses and lengths in jobs are 64-bit integers.
//
// Geometry: one block a triangle, up to 256 threads; 2-dimensional for products: blocks of 256 threads a tile of
// 16 × 16, and the job. Dynamic shared memory of accumulate_triangles: `chunk` rows of the panel, columns contiguous,
// order·(chunk + 8) doubles, so that two groups of 8 lanes on neighbouring columns meet no bank twice where chunk is a
// multiple of 16; R stays in the L2 cache, a row of it read and written once a column step. 8 lanes take a column at a
// time: fewer shuffles a column than with a warp. One barrier a step, as each group finds the reflection for itself.
// Floor: 2·length·order² FLOP and one read of the panel; order³/3 FLOP for a product; one read for norms.
// Tolerance: Householder reflections: RᵀR is off by at most about length·ε·‖A‖² in norm, singular values of R by
// length·ε·σ₁ (Higham, Accuracy and Stability, §19.3); products order·ε·‖l_i‖·‖r_j‖ an entry. The same bits every time.
//   cost accumulate_triangles: count=24 length=768 order=64; bytes=8*count*(length*order+order*(order+1));
//     f64=2*count*length*order^2; block=128; dynamic=8*order*(128+8)
//   cost triangle_products: count=12 order=64; bytes=8*count*(order*(order+1)+order^2); f64=count*order^3/3*2; block=256
//   cost frobenius_norms: count=24 elements=4096; bytes=8*count*elements; f64=2*count*elements; block=256
#include "householder.cuh"

namespace triangles {

constexpr int most = 128;
constexpr int tile = 16;
constexpr int lanes = 8;  // to a column

struct Panel {
  const double* data;
  int64_t length;
  bool across;

  __device__ __forceinline__ double at(int64_t row, int column, int order) const {
    return across ? data[column * length + row] : data[row * order + column];
  }
};

// Neighbouring threads read neighbouring addresses.
__device__ __forceinline__ void load(const Panel& panel, int64_t from, int rows, int order, int lead, double* chunk) {
  const int inner = panel.across ? rows : order;
  for (int i = threadIdx.x; i < rows * order; i += blockDim.x) {
    const int row = panel.across ? i % inner : i / inner;
    const int column = panel.across ? i / inner : i % inner;
    chunk[column * lead + row] = panel.at(from + row, column, order);
  }
}

// The columns behind j of [R; chunk] under the reflection that column j gave.
__device__ __forceinline__ void apply(const Group& group, const Reflector& reflection, int j, double* r, int order,
                                      double* chunk, int lead, int rows) {
  const double* x = chunk + j * lead;
  for (int base = j + 1; base < order; base += group.count) {
    const int column = base + group.index;
    const int mine = column < order ? rows : 0;
    double* y = chunk + column * lead;
    const bool first = group.lane == 0 && column < order;
    const double top = first ? r[j * order + column] : 0.0;
    double sum = 0.0;
    for (int i = group.lane; i < mine; i += lanes) {
      sum = fma(x[i], y[i], sum);
    }
    sum = reflection.tau * group.sum(fma(sum, reflection.scale, top));
    for (int i = group.lane; i < mine; i += lanes) {
      y[i] = fma(-sum * reflection.scale, x[i], y[i]);
    }
    if (first) {
      r[j * order + column] = top - sum;
    }
  }
}

}  // namespace triangles

extern "C" __global__ void __launch_bounds__(256, 4)
    accumulate_triangles(const int64_t* jobs, int64_t order_of_all, int32_t chunk_rows) {
  using namespace triangles;
  __shared__ double diagonal[most];
  double* chunk = dynamic_shared<double>();
  const int64_t* job = jobs + 4 * static_cast<int64_t>(blockIdx.x);
  auto* r = reinterpret_cast<double*>(job[0]);
  const Panel panel{reinterpret_cast<const double*>(job[1]), job[2], job[3] != 0};
  const int order = static_cast<int>(order_of_all);
  const int lead = chunk_rows + lanes;
  const Group group(lanes);
  for (int j = threadIdx.x; j < order; j += blockDim.x) {
    diagonal[j] = r[j * order + j];
  }
  for (int64_t from = 0; from < panel.length; from += chunk_rows) {
    const int rows = static_cast<int>(min(static_cast<int64_t>(chunk_rows), panel.length - from));
    load(panel, from, rows, order, lead, chunk);
    __syncthreads();
    for (int j = 0; j < order; j++) {
      const Reflector reflection = reflector(group, diagonal[j], chunk + j * lead, rows);
      if (reflection.tau != 0.0) {
        apply(group, reflection, j, r, order, chunk, lead, rows);
      }
      __syncthreads();
      // only now has every group read it
      if (threadIdx.x == 0) {
        diagonal[j] = reflection.beta;
      }
    }
    __syncthreads();
  }
  for (int j = threadIdx.x; j < order; j += blockDim.x) {
    r[j * order + j] = diagonal[j];
  }
}
SCALEINV_KERNEL(accumulate_triangles);

extern "C" __global__ void __launch_bounds__(256) triangle_products(const int64_t* jobs, int64_t order) {
  using namespace triangles;
  __shared__ double lefts[tile][tile + 1];
  __shared__ double rights[tile][tile + 1];
  const int64_t* job = jobs + 3 * static_cast<int64_t>(blockIdx.y);
  const auto* left = reinterpret_cast<const double*>(job[0]);
  const auto* right = reinterpret_cast<const double*>(job[1]);
  const int64_t tiles = (order + tile - 1) / tile;
  const int64_t first_row = blockIdx.x / tiles * tile;
  const int64_t first_column = blockIdx.x % tiles * tile;
  const int y = threadIdx.x / tile;
  const int x = threadIdx.x % tile;
  double sum = 0.0;
  for (int64_t k = max(first_row, first_column); k < order; k += tile) {
    const bool inside = k + x < order;
    lefts[y][x] = inside && first_row + y <= k + x ? left[(first_row + y) * order + k + x] : 0.0;
    rights[y][x] = inside && first_column + y <= k + x ? right[(first_column + y) * order + k + x] : 0.0;
    __syncthreads();
#pragma unroll
    for (int i = 0; i < tile; i++) {
      sum = fma(lefts[y][i], rights[x][i], sum);
    }
    __syncthreads();
  }
  if (first_row + y < order && first_column + x < order) {
    reinterpret_cast<double*>(job[2])[(first_row + y) * order + first_column + x] = sum;
  }
}
SCALEINV_KERNEL(triangle_products);

extern "C" __global__ void __launch_bounds__(256)
    frobenius_norms(const int64_t* jobs, int64_t elements, double* norms) {
  __shared__ double sums[8];
  const auto* values = reinterpret_cast<const double*>(jobs[blockIdx.x]);
  const Group warp(32);
  double sum = 0.0;
  for (int64_t i = threadIdx.x; i < elements; i += blockDim.x) {
    sum = fma(values[i], values[i], sum);
  }
  sum = warp.sum(sum);
  if (warp.lane == 0) {
    sums[warp.index] = sum;
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    for (int i = 1; i < warp.count; i++) {
      sum += sums[i];
    }
    norms[blockIdx.x] = sqrt(sum);
  }
}
SCALEINV_KERNEL(frobenius_norms);
