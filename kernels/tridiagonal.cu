// The tridiagonal form of a symmetric matrix (n, n), by Householder reflections (Dongarra, Sorensen, Hammarling, J.
// Comput. Appl. Math. 27, 1989): rows from the last to the first, 32 of them a panel. The lower triangle is read and used
// up. diagonal (n); coupling (n), entry i couples i − 1 and i, entry 0 stays as it was.
//
//   largest_magnitude, scale_below_one: the matrix times the power of two that brings its largest entry into [1/2, 1).
//   tridiagonal_row: row `row` brought up to date from the panel's V and W, its diagonal entry, and the sums of squares
//     from which the next reflector comes; before that, the last column of W is completed.
//   tridiagonal_product: the reflector I − τ·v·vᵀ of that row, the products of v with the leading triangle, each element
//     of it read once, and with V and W, all as sums over a tile.
//   tridiagonal_update: triangle −= VᵀW + WᵀV after a panel.
// That W needs wᵀv, a sum over all of w, would be one more launch a row; vᵀA·v, which each tile adds to, gives it sooner:
// wᵀv = τ·(vᵀA·v − 2·(Vv)ᵀ(Wv)). So a row takes two launches, and an update every 32.
//
// Geometry: blocks of 256 threads. tridiagonal_product and _update: one a tile of 64 × 64 on or below the diagonal, a
// thread 8 × 2 and 4 × 4 elements. tridiagonal_row: one every 63 elements; the last place in each computes element `row`,
// which all of them need.
// Floor: (4/3)·n³ FLOP in all; half of them in the products, which read (4/3)·n³ bytes, the other half in the updates,
// which read and write n³/6 bytes.
//   cost largest_magnitude: n=3072; bytes=4*n*(n+1); block=256
//   cost scale_below_one: n=3072; bytes=8*n*(n+1); f64=n*(n+1)/2; block=256
//   cost tridiagonal_product: n=3072; bytes=4*n*(n+1); f64=2*n*(n+1); block=256
//   cost tridiagonal_row: n=3072; bytes=8*n*(2*32+ceil(n/64)+4); f64=n*(8*32+ceil(n/64)); block=256
//   cost tridiagonal_update: n=3072; bytes=8*n*(n+1)+8*64*n; f64=64*n*(n+1); block=256
// Tolerance: backward stable; eigenvalues move by a small multiple of n·2^−53·‖A‖. Every sum has its order: same bits
// every time.
#include "triangle.cuh"

namespace tridiagonal {

constexpr int tile = 64;
constexpr int panel = 32;
constexpr int warps = 8;
constexpr int fresh = tile - 1;

// Entries reach at least 1/2: what is dropped below this matters nowhere, and squares above it keep their digits.
constexpr double vanishing_square = 0x1p-960;

__device__ __forceinline__ int64_t tiles_of(int64_t length) { return (length + tile - 1) / tile; }

// What one launch leaves to the next, all in one piece: (66 + t)·n + 64·t + t·(t + 1)/2 + 1 doubles for t = ⌈n/64⌉.
struct Work {
  double* start;
  int64_t n;

  __device__ __forceinline__ double* v(int64_t k) const { return start + k * n; }
  __device__ __forceinline__ double* w(int64_t k) const { return start + (panel + k) * n; }
  __device__ __forceinline__ double* row() const { return start + 2 * panel * n; }
  __device__ __forceinline__ double* squares() const { return start + (2 * panel + 1) * n; }
  // (t, n): element r of the product is the sum of [0 … t, r]
  __device__ __forceinline__ double* products(int64_t part) const { return start + (2 * panel + 2 + part) * n; }
  // (t, 64): products of v with V, then with W, over the elements of a tile
  __device__ __forceinline__ double* dots(int64_t part) const { return products(tiles_of(n)) + part * 2 * panel; }
  // vᵀA·v, tile by tile
  __device__ __forceinline__ double* forms() const { return dots(tiles_of(n)); }
  __device__ __forceinline__ double* tau() const { return forms() + tiles_of(n) * (tiles_of(n) + 1) / 2; }
};

// The same in every thread.
__device__ __forceinline__ double block_sum(double value, double (&parts)[warps]) {
#pragma unroll
  for (int apart = 16; apart > 0; apart /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, apart);
  }
  if (threadIdx.x % 32 == 0) {
    parts[threadIdx.x / 32] = value;
  }
  __syncthreads();
  double sum = 0.0;
#pragma unroll
  for (int i = 0; i < warps; i++) {
    sum += parts[i];
  }
  return sum;
}

// Of eight values summed over a warp, lane l gets number l / 4: half of what is left changes lanes at each step.
__device__ __forceinline__ double warp_sums(const double (&values)[8]) {
  double kept[8];
#pragma unroll
  for (int i = 0; i < 8; i++) {
    kept[i] = values[i];
  }
#pragma unroll
  for (int half = 4; half > 0; half /= 2) {
    const bool upper = (threadIdx.x & (4 * half)) != 0;
#pragma unroll
    for (int i = 0; i < half; i++) {
      const double given = upper ? kept[i] : kept[half + i];
      kept[i] = (upper ? kept[half + i] : kept[i]) + __shfl_xor_sync(0xffffffffu, given, 4 * half);
    }
  }
  kept[0] += __shfl_xor_sync(0xffffffffu, kept[0], 2);
  return kept[0] + __shfl_xor_sync(0xffffffffu, kept[0], 1);
}

// I − tau·v·vᵀ takes a row to (0, …, 0, beta); v is the row times `scale`, its last element 1.
struct Reflection {
  const double* row;
  int64_t length;
  double beta;
  double tau;
  double scale;

  __device__ __forceinline__ Reflection(const Work& work, int64_t length, double (&parts)[warps])
      : row(work.row()), length(length) {
    const int64_t count = (length + fresh - 1) / fresh;
    double squares = 0.0;
    for (int64_t i = threadIdx.x; i < count; i += blockDim.x) {
      squares += work.squares()[i];
    }
    squares = block_sum(squares, parts);
    const double alpha = row[length - 1];
    const bool present = squares >= vanishing_square;
    beta = present ? -copysign(sqrt(fma(alpha, alpha, squares)), alpha) : alpha;
    tau = present ? (beta - alpha) / beta : 0.0;
    scale = present ? 1.0 / (alpha - beta) : 0.0;
  }

  __device__ __forceinline__ double at(int64_t i) const {
    return i < length - 1 ? row[i] * scale : (i == length - 1 ? 1.0 : 0.0);
  }
};

struct Tile {
  double row[tile];
  double column[tile];
  double row_sums[tile];
  double column_sums[warps][tile];
  double parts[warps];
};

// Products of v with the panel's vectors, over the elements of one tile.
__device__ __forceinline__ void dot_with_panel(const Work& work, const double (&v)[tile], int64_t part, int64_t length,
                                               int before) {
  const int warp = static_cast<int>(threadIdx.x) / 32;
  const int lane = static_cast<int>(threadIdx.x) % 32;
  double sums[8];
#pragma unroll
  for (int i = 0; i < 8; i++) {
    const int k = 4 * warp + i % 4;
    const double* vector = i < 4 ? work.v(k) : work.w(k);
    sums[i] = 0.0;
#pragma unroll
    for (int element = lane; element < tile; element += 32) {
      if (k < before && part * tile + element < length) {
        sums[i] = fma(vector[part * tile + element], v[element], sums[i]);
      }
    }
  }
  const double sum = warp_sums(sums);
  if (lane % 4 == 0) {
    work.dots(part)[lane / 16 * panel + 4 * warp + lane / 4 % 4] = sum;
  }
}

}  // namespace tridiagonal

// largest: the bits of the largest magnitude, 0 at first; those of doubles that are not negative are in their order.
extern "C" __global__ void __launch_bounds__(256)
    largest_magnitude(const double* matrix, int64_t n, unsigned long long* largest) {
  double most = 0.0;
  for (int64_t r = blockIdx.x; r < n; r += gridDim.x) {
    for (int64_t c = threadIdx.x; c <= r; c += blockDim.x) {
      most = fmax(most, fabs(matrix[r * n + c]));
    }
  }
#pragma unroll
  for (int apart = 16; apart > 0; apart /= 2) {
    most = fmax(most, __shfl_xor_sync(0xffffffffu, most, apart));
  }
  if (threadIdx.x % 32 == 0) {
    atomicMax(largest, static_cast<unsigned long long>(__double_as_longlong(most)));
  }
}
SCALEINV_KERNEL(largest_magnitude);

extern "C" __global__ void __launch_bounds__(256) scale_below_one(double* matrix, int64_t n, const double* largest) {
  const int exponent = *largest == 0.0 ? 0 : ilogb(*largest) + 1;
  for (int64_t r = blockIdx.x; r < n; r += gridDim.x) {
    for (int64_t c = threadIdx.x; c <= r; c += blockDim.x) {
      matrix[r * n + c] = ldexp(matrix[r * n + c], -exponent);
    }
  }
}
SCALEINV_KERNEL(scale_below_one);

extern "C" __global__ void __launch_bounds__(256)
    tridiagonal_product(const double* matrix, int64_t n, int64_t length, int32_t before, double* memory,
                        double* coupling) {
  using namespace tridiagonal;
  __shared__ Tile shared;
  const Work work{memory, n};
  const int thread = threadIdx.x;
  const int warp = thread / 32;
  const int lane = thread % 32;
  const int64_t index = blockIdx.x;
  const int64_t tile_row = triangle_row(index);
  const int64_t tile_column = index - tile_row * (tile_row + 1) / 2;
  const bool diagonal = tile_row == tile_column;
  double element[8][2];
#pragma unroll
  for (int i = 0; i < 8; i++) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      const int64_t r = tile_row * tile + 8 * warp + i;
      const int64_t c = tile_column * tile + lane + 32 * half;
      element[i][half] = r < length && c <= r ? matrix[r * n + c] : 0.0;
    }
  }
  const Reflection reflection(work, length, shared.parts);
  if (thread < tile) {
    shared.row[thread] = reflection.at(tile_row * tile + thread);
  } else if (thread < 2 * tile) {
    shared.column[thread - tile] = reflection.at(tile_column * tile + thread - tile);
  }
  __syncthreads();
  double across[8];
  double down[2] = {0.0, 0.0};
#pragma unroll
  for (int i = 0; i < 8; i++) {
    across[i] = 0.0;
#pragma unroll
    for (int half = 0; half < 2; half++) {
      const bool twice = !diagonal || lane + 32 * half != 8 * warp + i;
      across[i] = fma(element[i][half], shared.column[lane + 32 * half], across[i]);
      down[half] = fma(twice ? element[i][half] : 0.0, shared.row[8 * warp + i], down[half]);
    }
  }
  const double row_sum = warp_sums(across);
  if (lane % 4 == 0) {
    shared.row_sums[8 * warp + lane / 4] = row_sum;
  }
  shared.column_sums[warp][lane] = down[0];
  shared.column_sums[warp][lane + 32] = down[1];
  __syncthreads();
  double form = 0.0;
  if (thread < tile) {
    double row = shared.row_sums[thread];
    double column = 0.0;
#pragma unroll
    for (int i = 0; i < warps; i++) {
      column += shared.column_sums[i][thread];
    }
    row += diagonal ? column : 0.0;
    form = (diagonal ? 1.0 : 2.0) * shared.row[thread] * row;
    if (tile_row * tile + thread < length) {
      work.products(tile_column)[tile_row * tile + thread] = row;
    }
    if (!diagonal) {
      work.products(tile_row)[tile_column * tile + thread] = column;
    }
  }
  form = block_sum(form, shared.parts);
  if (thread == 0) {
    work.forms()[index] = form;
  }
  if (diagonal) {
    const int64_t r = tile_row * tile + thread;
    if (thread < tile && r < length) {
      work.v(before)[r] = shared.row[thread];
    }
    dot_with_panel(work, shared.row, tile_row, length, before);
  }
  if (index == 0 && thread == 0) {
    *work.tau() = reflection.tau;
    coupling[length] = reflection.beta;
  }
}
SCALEINV_KERNEL(tridiagonal_product);

// vectors: how many the panel has, the newest of W not yet complete. 0 for the first row of all.
extern "C" __global__ void __launch_bounds__(256, 4)
    tridiagonal_row(const double* matrix, int64_t n, int64_t row, int32_t vectors, double* memory, double* diagonal) {
  using namespace tridiagonal;
  constexpr int shares = 4;
  __shared__ struct {
    double dots[shares][tile];
    double dot[2 * panel];
    double at_row[2 * panel];
    double w[shares][tile];
    double x[shares][tile];
    double next;
    double parts[warps];
    double more_parts[warps];
  } shared;
  const Work work{memory, n};
  const int slot = static_cast<int>(threadIdx.x) % tile;
  const int share = static_cast<int>(threadIdx.x) / tile;
  const int64_t r = slot == fresh ? row : static_cast<int64_t>(blockIdx.x) * fresh + slot;
  const int before = vectors - 1;
  double x = share == 0 && r <= row ? matrix[row * n + r] : 0.0;
  if (vectors > 0) {
    const int64_t parts = tiles_of(row + 1);
    double dot = 0.0;
    for (int64_t part = share; part < parts; part += shares) {
      dot += work.dots(part)[slot];
    }
    shared.dots[share][slot] = dot;
    if (share == 0) {
      shared.at_row[slot] = slot % panel < before ? work.v(slot)[row] : 0.0;
    }
    __syncthreads();
    if (share == 0) {
      shared.dot[slot] = shared.dots[0][slot] + shared.dots[1][slot] + shared.dots[2][slot] + shared.dots[3][slot];
    }
    __syncthreads();
    double form = 0.0;
    for (int64_t i = threadIdx.x; i < parts * (parts + 1) / 2; i += blockDim.x) {
      form += work.forms()[i];
    }
    if (threadIdx.x < panel) {
      form -= 2.0 * shared.dot[threadIdx.x] * shared.dot[panel + threadIdx.x];
    }
    form = block_sum(form, shared.parts);
    const double tau = *work.tau();
    double w = 0.0;
    if (r <= row) {
      for (int64_t part = share; part < parts; part += shares) {
        w += work.products(part)[r];
      }
      for (int k = share; k < before; k += shares) {
        const double v_k = work.v(k)[r];
        const double w_k = work.w(k)[r];
        w -= v_k * shared.dot[panel + k] + w_k * shared.dot[k];
        x -= v_k * shared.at_row[panel + k] + w_k * shared.at_row[k];
      }
    }
    shared.w[share][slot] = w;
    shared.x[share][slot] = x;
    __syncthreads();
    double v = 0.0;
    if (share == 0 && r <= row) {
      v = work.v(before)[r];
      w = shared.w[0][slot] + shared.w[1][slot] + shared.w[2][slot] + shared.w[3][slot];
      w = tau * w - 0.5 * tau * tau * form * v;
      if (slot == fresh) {
        shared.next = w;
      } else {
        work.w(before)[r] = w;
      }
    }
    __syncthreads();
    x = shared.x[0][slot] + shared.x[1][slot] + shared.x[2][slot] + shared.x[3][slot];
    x -= v * shared.next + w;
  }
  double square = 0.0;
  if (share == 0 && slot != fresh && r < row) {
    work.row()[r] = x;
    square = r < row - 1 ? x * x : 0.0;
  }
  square = block_sum(square, shared.more_parts);
  if (threadIdx.x == 0) {
    work.squares()[blockIdx.x] = square;
  }
  if (threadIdx.x == fresh && blockIdx.x == 0) {
    diagonal[row] = x;
  }
}
SCALEINV_KERNEL(tridiagonal_row);

// Of the leading `length` rows.
extern "C" __global__ void __launch_bounds__(256)
    tridiagonal_update(double* matrix, int64_t n, int64_t length, const double* memory) {
  using namespace tridiagonal;
  constexpr int depth = 16;
  constexpr int side = 4;
  __shared__ double left[depth][tile + 2];
  __shared__ double right[depth][tile + 2];
  const int thread = threadIdx.x;
  const int64_t index = blockIdx.x;
  const int64_t tile_row = triangle_row(index);
  const int64_t from_row = tile_row * tile;
  const int64_t from_column = (index - tile_row * (tile_row + 1) / 2) * tile;
  const int y = thread / 16;
  const int x = thread % 16;
  double sum[side][side] = {};
  for (int step = 0; step < 2 * panel; step += depth) {
#pragma unroll
    for (int i = 0; i < depth / 4; i++) {
      const int k = thread / tile + 4 * i;
      const int element = thread % tile;
      // V beside W, then W beside V
      const double* of_rows = memory + (step + k) * n;
      const double* of_columns = memory + (step + k + panel) % (2 * panel) * n;
      left[k][element] = from_row + element < length ? of_rows[from_row + element] : 0.0;
      right[k][element] = from_column + element < length ? of_columns[from_column + element] : 0.0;
    }
    __syncthreads();
#pragma unroll 4
    for (int k = 0; k < depth; k++) {
      double rows[side];
      double columns[side];
#pragma unroll
      for (int i = 0; i < side; i++) {
        rows[i] = left[k][side * y + i];
        columns[i] = right[k][x + 16 * i];
      }
#pragma unroll
      for (int i = 0; i < side; i++) {
#pragma unroll
        for (int j = 0; j < side; j++) {
          sum[i][j] = fma(rows[i], columns[j], sum[i][j]);
        }
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < side; i++) {
#pragma unroll
    for (int j = 0; j < side; j++) {
      const int64_t r = from_row + side * y + i;
      const int64_t c = from_column + x + 16 * j;
      if (r < length && c <= r) {
        matrix[r * n + c] -= sum[i][j];
      }
    }
  }
}
SCALEINV_KERNEL(tridiagonal_update);
